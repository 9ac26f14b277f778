// The built program, as the torture uses it.
export { replacePools } from '../../dist/pool/pool.js';
export { replaceDisk } from '../../dist/base/disk.js';
export { InputError } from '../../dist/base/errors.js';
export { StudyControl } from '../../dist/pool/control.js';
export { numberedLeases } from '../../dist/pool/leases.js';
export { Performer } from '../../dist/pool/performer.js';
export { Collector } from '../../dist/shards/collect.js';
export { studyDigest } from '../../dist/shards/digest.js';
export { isDamaged, readUnit, unitFile } from '../../dist/shards/folder.js';
export { makePlan } from '../../dist/shards/plan.js';
export { planUnits } from '../../dist/shards/planUnits.js';
export { runShard } from '../../dist/shards/shard.js';
export { openStudy, readStudy } from '../../dist/store/open.js';
export { encodeMeasures } from '../../dist/store/measures.js';
export { runStudy } from '../../dist/study/run/run.js';
export { gridOf } from '../../dist/study/grid/cells.js';
export { resolveValues } from '../../dist/study/grid/values.js';
