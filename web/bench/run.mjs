// Measures the map of the wall with invented rows in a headless Chromium: node bench/run.mjs ["units=10000&seconds=8"] [picture.png]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const outDir = join(root, 'node_modules/.front-end/bench');
const [query = '', picture] = process.argv.slice(2);
const [width, height] = (process.env.SCREEN ?? '1920x1080').split('x');

await build({
  configFile: false, root, logLevel: 'warn', publicDir: false,
  resolve: { alias: [
    { find: /^leaflet$/, replacement: join(root, 'node_modules/leaflet/dist/leaflet-src.esm.js') },
    { find: /^blazor-leaflet$/, replacement: join(root, 'BlazorLeaflet/Scripts/index.ts') },
  ] },
  build: { target: 'es2023', outDir, emptyOutDir: true, rolldownOptions: { input: { page: join(root, 'bench/page.ts') }, output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' } } },
});

const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
let answered;
const answer = new Promise(resolve => { answered = resolve; });
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.end();
    answered(JSON.parse(body));
    return;
  }
  try {
    const file = pathname === '/' ? join(root, 'bench/index.html') : join(outDir, pathname.slice(1));
    const content = readFileSync(file);
    response.writeHead(200, { 'content-type': types[file.split('.').at(-1)] ?? 'application/octet-stream' });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const profile = mkdtempSync(join(tmpdir(), 'map-bench-'));
const browser = spawn(process.env.CHROMIUM ?? 'chromium', [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--user-data-dir=${profile}`, `--window-size=${width},${height}`, '--hide-scrollbars',
  ...(picture ? [`--screenshot=${picture}`, `--timeout=${process.env.PICTURE_MS ?? 6000}`] : ['--remote-debugging-port=0']),
  `http://127.0.0.1:${server.address().port}/?${query}`,
], { stdio: process.env.DEBUG ? 'inherit' : 'ignore' });

if (picture) await new Promise(resolve => browser.on('exit', resolve));
else {
  const late = setTimeout(() => answered([{ what: 'no answer within two minutes' }]), 120_000);
  console.table(await answer);
  clearTimeout(late);
  browser.kill();
  await new Promise(resolve => browser.on('exit', resolve));
}
server.close();
// The browser's helpers write for a moment after it has ended.
for (let attempt = 0; attempt < 20; attempt++) {
  try {
    rmSync(profile, { recursive: true, force: true });
    break;
  } catch {
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}
