import { describe, expect, it } from 'vitest';
import { anchorFor, galleryPage, verdicts, withFigures } from '../../../scripts/site/gallery.mjs';

const claim = { id: 'c', statement: 'W* < {{ 1 }}', verdict: 'holds', value: 0.123456, low: 0.1, high: 0.2 };
const shown = {
  id: 'p-fig2',
  paper: 'p',
  title: 'Error of W*',
  source: 'p, Figure 2',
  scale: 'quick',
  folder: 'unused',
  figures: [
    { file: 'a.svg', title: 'The first', width: '55', height: '40' },
    { file: 'b.svg', title: 'The "second"', width: '5', height: '4' },
  ],
  claims: [claim, { ...claim, verdict: 'fails' }, { ...claim, verdict: 'fails', reason: 'too few' }],
};

describe('the gallery', () => {
  const page = galleryPage([shown, { ...shown, id: 'q-x', paper: 'q', claims: [], figures: [] }], (paper) =>
    paper === 'p' ? 'docs/papers/p.md#p-fig2' : undefined,
  );
  const [ofP, ofQ] = page.split('## q\n');

  it('has title, figures, verdicts and report of each experiment, by paper', () => {
    expect(ofP).toContain('### p-fig2\n\nError of W* (p, Figure 2).\n\nClaims: holds 1, fails 2.');
    expect(ofP).toContain('<a href="studies/p-fig2/report.html" target="_blank">Interactive report</a> (quick scale)');
    expect(ofP).toContain('](docs/papers/p.md#p-fig2)');
    expect(ofP).toContain(
      '<img class="figure" src="/studies/p-fig2/figures/a.svg" alt="The first" width="55" height="40" loading="lazy">',
    );
    expect(ofP).toContain(
      '<summary>one more figure</summary>\n<img class="figure" src="/studies/p-fig2/figures/b.svg"',
    );
    expect(ofQ).toContain('Claims: no claims.');
    expect(ofQ).not.toMatch(/<img|<table|docs\/papers\/p/);
  });

  it('shows text as it is: neither as HTML nor as an expression of a template', () => {
    expect(page).toContain(
      '<td>W* &lt; &#123;&#123; 1 &#125;&#125;</td><td>0.123 [0.100, 0.200]</td><td>fails: too few</td>',
    );
    expect(page).toContain('alt="The &quot;second&quot;"');
    expect(page).not.toContain('{{');
  });

  it('says so when nothing was run', () => {
    expect(galleryPage([], () => undefined)).toContain('made without runs');
    expect(verdicts({ ...shown, claims: [] })).toBe('no claims');
  });
});

describe('figures on the page of a paper', () => {
  const page = '# p: A, _B_\n\n## Coverage\n\nx\n\n## p-fig1, -fig2: both\n\ny\n\n## p-fig20: other\n';

  it('stand below the heading that names the experiment, also in short', () => {
    const changed = withFigures(page, [shown], '../../');
    const [before, after] = changed.split('## p-fig1, -fig2: both\n\n');
    expect(before).not.toContain('<img');
    expect(after).toMatch(/^<div class="study">\n<img [^>]+a\.svg/);
    expect(after).toContain('p-fig2: <a href="../../studies/p-fig2/report.html"');
    expect(changed.match(/a\.svg/g)).toHaveLength(1);
  });

  it('have the anchor of that heading', () => {
    expect(anchorFor(page, 'p-fig2')).toBe('p-fig1--fig2-both');
    expect(anchorFor(page, 'p-fig3')).toBeUndefined();
  });
});
