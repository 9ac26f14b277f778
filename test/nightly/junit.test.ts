import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitXml } from '../../src/nightly/junit.js';
import { element, escapeXml } from '../../src/nightly/xml.js';
import { claim, experiment, night, reportOf } from './nights.js';

/** resvg has a strict XML parser, and SVG takes elements that it does not know. */
function parseXml(xml: string): void {
  new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${xml.replace(/^<\?xml.*\?>\n/, '')}</svg>`);
}

const HOSTILE = [
  'a < b & c > d',
  ']]> and <![CDATA[',
  '"quotes" and \'quotes\'',
  'bell \u0007, null \u0000, escape \u001b[31m',
  'half a pair \ud800',
  '\ufffe\uffff',
  'tab\tline\nreturn\r',
  '&amp;&#0;',
  '‖Ŵ_n − W*‖ 𝒢₄',
];

describe('XML', () => {
  it('of any text is well formed, as an attribute and as content', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom(...HOSTILE),
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        ),
        (text) => {
          parseXml(element('a', { b: text }, [escapeXml(text)]));
        },
      ),
    );
  });

  it.each(['<a b="&"/>', '<a>\u0007</a>', '<a>', '<a b="<"/>'])(
    'that is not well formed is seen by this test: %j',
    (xml) => {
      expect(() => {
        parseXml(xml);
      }).toThrow();
    },
  );

  it('keeps what XML can say', () => {
    const decode = (xml: string): string =>
      xml.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
        code === undefined
          ? ({ amp: '&', lt: '<', gt: '>', quot: '"' }[name] ?? '')
          : String.fromCharCode(Number(code)),
      );
    for (const text of [HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[6], HOSTILE[7], HOSTILE[8]])
      expect(decode(escapeXml(text))).toBe(text);
    expect(escapeXml('bell \u0007, half \ud800.')).toBe('bell \ufffd, half \ufffd.');
  });
});

describe('JUnit', () => {
  it('says that a claim held before and that an experiment is slower', () => {
    const one = { experiment: 'fu2018-fig3', from: 'f00', to: 'abc', between: null };
    const report = reportOf(
      night(2),
      { 'fu2018-fig3': [claim('a', 'fails'), claim('b', 'undecided'), claim('c', 'holds')] },
      {
        regressions: [
          { ...one, kind: 'claim', claim: 'a', message: 'a held' },
          { ...one, kind: 'claim', claim: 'b', message: 'b held' },
          { ...one, kind: 'speed', claim: null, message: 'slow & slower' },
        ],
      },
    );
    const text = junitXml(report);
    parseXml(text);
    expect(text).toMatch(/<failure message="fu2018-fig3 a [^>]*: fails; a held; commit f00 → abc"/);
    expect(text).toMatch(/name="b"><system-out>fu2018-fig3 b [^<]*: undecided; b held; commit f00 → abc</);
    expect(text.match(/ held/g)).toHaveLength(3);
    expect(text).toContain('</testcase>\n<system-out>slow &amp; slower; commit f00 → abc</system-out>\n</testsuite>');
    expect(text).toContain('tests="3" failures="1" errors="0" skipped="0"');
  });

  const tonight = night(3, {
    experiments: [experiment('gao2018-fig3'), experiment('fu2018-fig3', { done: 4, failure: HOSTILE.join() })],
  });
  const xml = junitXml(
    reportOf(tonight, {
      'gao2018-fig3': [
        claim('good', 'holds'),
        claim('open', 'undecided', { reason: 'd = 60 has no n50' }),
        claim('elsewhere', 'not-applicable', { reason: 'the paper has d = 20; here d = 4' }),
        claim('bad', 'fails', { statement: HOSTILE.join() }),
        claim('L-recovers-rotated', 'fails'),
      ],
      'fu2018-fig3': [claim('later', 'fails')],
    }),
  );

  /** The case of a claim, up to its end. */
  const caseOf = (name: string): string =>
    new RegExp(`<testcase [^>]*name="${name}".*?</testcase>`, 's').exec(xml)?.[0] ?? '';

  it('is well formed whatever claims and errors say', () => {
    parseXml(xml);
  });

  it('has a suite for each experiment with its counts', () => {
    expect(xml).toContain(
      '<testsuite name="gao2018-fig3" tests="5" failures="1" errors="0" skipped="2" time="2.000" timestamp="2026-03-01T01:30:00">',
    );
    expect(xml).toContain('<testsuite name="fu2018-fig3" tests="2" failures="0" errors="1" skipped="1" ');
    expect(xml).toContain('<testsuites name="basin nightly, round 3" tests="7" failures="1" errors="1" skipped="3" ');
  });

  it('has a case for each claim', () => {
    expect(caseOf('good')).toMatch(
      /^<testcase classname="gao2018-fig3" name="good"><system-out>gao2018-fig3 good .*: holds<\/system-out>/,
    );
    expect(caseOf('open')).toMatch(/^<testcase [^>]*><system-out>.*: undecided: d = 60 has no n50<\/system-out>/);
    expect(caseOf('elsewhere')).toContain('<skipped message="not applicable: the paper has d = 20; here d = 4"/>');
    expect(caseOf('bad')).toContain('<failure message="gao2018-fig3 bad ');
    expect(caseOf('L-recovers-rotated')).toMatch(/<skipped message="fails, as expected: .*docs\/papers\/gao2018.md/);
    expect(caseOf('later')).toContain('<skipped message="unfinished: 4 of 10 trials"/>');
    expect(caseOf('goes on')).toContain('<error message="a &lt; b');
  });
});
