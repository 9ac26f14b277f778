import { describe, expect, it } from 'vitest';
import { nightlyPage } from '../../src/nightly/page.js';
import { claim, experiment, night, reportOf } from './nights.js';

const record = { experiment: 'fu2018-fig3', id: 'a', verdict: 'holds', value: 2.5, low: 2, high: 3 } as const;
const tonight = night(12, {
  experiments: [
    experiment('fu2018-fig4', { done: 3, failure: '<script>alert(1)</script>' }),
    experiment('fu2018-fig3'),
  ],
});
const page = nightlyPage(
  reportOf(
    tonight,
    {
      'fu2018-fig3': [claim('a', 'fails', { statement: 'x < y & "z"' }), claim('b', 'holds')],
      'fu2018-fig4': [claim('c', 'holds')],
    },
    {
      earlier: [night(10, { claims: [record] }), night(11)],
      kept: [11, 12],
      notes: ['round 9 is left unfinished: another version'],
    },
  ),
);

describe('nightly.html', () => {
  it('names regressions and their commits, and compares with the nights of another folder', () => {
    const one = { experiment: 'fu2018-fig3', from: 'f00', to: 'abc', between: { count: 1, newest: ['abc a <b>'] } };
    const html = nightlyPage(
      reportOf(
        night(1),
        { 'fu2018-fig3': [claim('a', 'fails')] },
        {
          past: [night(4, { claims: [record] })],
          regressions: [
            { ...one, kind: 'claim', claim: 'a', message: 'a held' },
            { ...one, kind: 'speed', claim: null, message: 'slow' },
          ],
        },
      ),
    );
    expect(html).toMatch(/Held before<.*\n.*\n<li>a held; commit f00 → abc, 1 commit between: abc a &lt;b&gt;<\/li>/);
    expect(html).toMatch(/Slower than before<.*\n.*\n<li>slow; commit f00 → abc, 1 commit/);
    expect(html).toContain('holds → fails, from 2.50 [2.00, 3.00] to 1.00');
    expect(html).toContain('Compared also with 1 older round of the history');
    expect(html).not.toContain('round 4');
    expect(page).not.toContain('Compared also');
  });

  it('says first what the night is', () => {
    expect(page).toContain(
      '<p class="headline red">red: round 12, 1 of 2 experiments complete; 1 experiment could not go on, 1 × fails unexpectedly, 1 × holds</p>',
    );
  });

  it('lists what a person should look at', () => {
    expect(page).toContain('fu2018-fig4 could not go on: &lt;script&gt;');
    expect(page).toContain('fu2018-fig3 a: holds → fails, from 2.50 [2.00, 3.00] to 1.00 [0.50, 1.50]');
    expect(page).toContain('round 9 is left unfinished: another version');
  });

  it('has each claim with its past', () => {
    expect(page).toMatch(
      /✗ fails<\/td>.*x &lt; y &amp; &quot;z&quot;.*2\.50 \[2\.00, 3\.00\].*holds → fails.*title="round 10: 2\.50 \[2\.00, 3\.00\], holds">✓.*title="round 11: not known">·/,
    );
    expect(page).toContain('· unfinished');
    expect(page).toContain('3 of 10 trials');
    expect(page.indexOf('#fu2018-fig3')).toBeLessThan(page.indexOf('#fu2018-fig4'));
  });

  it('links to the reports that are there', () => {
    expect(page).toContain('href="rounds/0011/report.html"');
    expect(page).toContain('href="rounds/0012/report.html#fu2018-fig3"');
    expect(page).not.toContain('rounds/0010');
  });

  it('needs nothing beside itself', () => {
    expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
  });
});
