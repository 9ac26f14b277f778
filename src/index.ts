/** The library: what `import … from '@basin-lab/basin'` gives. */
export * from './definitions/library.js';
