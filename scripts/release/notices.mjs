/** Third-party notices and the bill of materials: whose code a package has in it, under which licences. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENSE_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/** @typedef {{ name: string, version: string, license: string, text: string, purl?: string }} Part */

/** A few packages give the text of their licence and no name. */
function licenceIn(/** @type {string} */ text) {
  return /^(The )?MIT License|Permission is hereby granted, free of charge/m.test(text) ? 'MIT' : undefined;
}

/** A package in node_modules. @returns {Part} */
export function partOf(/** @type {string} */ folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .sort();
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  const [first] = licenses ?? [];
  const named = typeof license === 'string' ? license : (license?.type ?? first?.type ?? licenceIn(text));
  if (named === undefined) throw new Error(`${name} names no licence`);
  return { name, version, license: named, text, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` };
}

/** Text of Debian's copyright file of a package that was taken out into a folder. @returns {Part} */
export function debianPart(
  /** @type {string} */ folder,
  /** @type {string} */ name,
  /** @type {Omit<Part, 'text'>} */ part,
) {
  const file = join(folder, 'usr', 'share', 'doc', name, 'copyright');
  return { ...part, text: existsSync(file) ? readFileSync(file, 'utf8').trim() : '' };
}

/**
 * The page of notices: a text that several projects share stands once, below all of them.
 * @param {string} title
 * @param {readonly Part[]} parts
 */
export function noticesPage(title, parts) {
  const texts = [...new Set(parts.map(({ text }) => text))];
  const sections = texts.map((text) => {
    const sharers = parts.filter((part) => part.text === text);
    const heads = sharers.map(({ name, version, license }) => `## ${name} ${version}\n\nLicence: ${license}`);
    const fenced = text === '' ? [] : [`\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\``];
    return [...heads, ...fenced].join('\n\n');
  });
  const head = [`# Third-party notices of ${title}`, 'The package contains code of these projects:'];
  return [...head, ...sections, ''].join('\n\n');
}

/** A bill of materials in the form of CycloneDX 1.5. @param {string} version @param {readonly Part[]} parts */
export function billOfMaterials(/** @type {string} */ name, version, parts) {
  const component = ({ name, version, license, purl }) => ({
    type: 'library',
    name,
    version,
    // An expression such as `MIT OR Apache-2.0` is no identifier of one licence.
    licenses: [/\s/.test(license) ? { expression: license.replace(/^\((.*)\)$/, '$1') } : { license: { id: license } }],
    ...(purl === undefined ? {} : { purl }),
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name, version } },
    components: parts.map(component),
  };
}

/** Writes both into the folder of a package. @param {{ name: string, version: string }} of @param {readonly Part[]} parts */
export function writeNotices(/** @type {string} */ folder, { name, version }, parts) {
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.md'), noticesPage(name, parts));
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(name, version, parts), null, 2)}\n`);
}
