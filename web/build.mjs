// Builds the scripts and styles of one web project into its wwwroot: node build.mjs BlazorLeaflet | Situational.Web
// MSBuild calls it (eng/FrontEnd.targets), possibly for several projects at once: one build runs at a time, and only
// what differs is written, so that nobody ever sees an empty or half-written wwwroot.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join, relative } from 'node:path';

const root = import.meta.dirname;
const project = process.argv[2];
if (!project || !existsSync(join(root, project, 'Scripts'))) fail(`'${project ?? ''}' is no web project with a Scripts folder`);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node.js 20.19 or later is needed, this is ${process.versions.node}`);

await locked(join(root, '.frontend.lock'), async () => {
  restorePackages();
  const { build } = await import('vite');
  process.env.PROJECT = project;
  const staged = join(root, 'node_modules/.front-end', project);
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: staged } });
  mirror(staged, join(root, project, 'wwwroot'));
});

function restorePackages() {
  const stamp = join(root, 'node_modules/.front-end.lock-hash');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const done = spawnSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: root, shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) fail('npm ci failed: the packages of web/package-lock.json could not be installed');
  writeFileSync(stamp, wanted);
}

function mirror(from, to) {
  const wanted = files(from);
  if (wanted.length === 0) fail(`${project} built to nothing`);
  for (const name of wanted) {
    const target = join(to, name);
    const content = readFileSync(join(from, name));
    if (existsSync(target) && content.equals(readFileSync(target))) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  const keep = new Set(wanted);
  for (const name of existsSync(to) ? files(to) : []) if (!keep.has(name)) rmSync(join(to, name));
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)));
}

async function locked(path, work) {
  const deadline = Date.now() + 300_000;
  for (;;) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAbandoned(path)) rmSync(path, { force: true });
      else if (Date.now() > deadline) fail(`another front-end build holds ${path} for five minutes; delete the file if none runs`);
      else await new Promise(resolve => setTimeout(resolve, 200));
    }
  }
  process.on('exit', () => unlinkSync(path));
  await work();
}

function isAbandoned(path) {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    if (!holder) return Date.now() - statSync(path).mtimeMs > 5_000;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function fail(message) {
  console.error(`error FE0001: ${message}`);
  process.exit(1);
}
