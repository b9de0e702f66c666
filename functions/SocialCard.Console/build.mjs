// Builds the page: installs what it is built with when that is missing or another, makes the types from the description of the API,
// checks the sources against them, bundles and packs. Two builds at once take turns.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const turn = '.turn';
const installed = 'node_modules/.installed';
const patienceMilliseconds = 5 * 60_000;

function takeTurn() {
  const since = Date.now();
  for (;;) {
    try {
      mkdirSync(turn);
      return;
    } catch (fault) {
      if (fault.code !== 'EEXIST') throw fault;
      const age = Date.now() - (statSync(turn, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > patienceMilliseconds) rmSync(turn, { recursive: true, force: true }); // Left by a build that was killed.
      if (Date.now() - since > 2 * patienceMilliseconds) throw new Error(`Another build of the page does not end; delete ${turn}.`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function run(file, ...args) {
  execFileSync(process.execPath, [`node_modules/${file}`, ...args], { stdio: 'inherit' });
}

/** What is served is packed once, here, with all the care that gzip can take. */
function pack(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    rmSync(file);
  }
}

takeTurn();
try {
  const lock = readFileSync('package-lock.json', 'utf8');
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell: process.platform === 'win32' });
    writeFileSync(installed, lock);
  }

  run('openapi-typescript/bin/cli.js', '../SocialCard.Functions/Api/openapi.yaml', '--output', 'src/api/description.ts');
  run('typescript/bin/tsc', '--pretty', 'false');
  run('vite/bin/vite.js', 'build', '--logLevel', 'warn');
  pack('dist');
  writeFileSync('dist/.built', '');
} catch (fault) {
  // A tool that found something wrong has said so itself.
  if (typeof fault.status !== 'number') throw fault;
  process.exitCode = fault.status;
} finally {
  rmSync(turn, { recursive: true, force: true });
}
