// node azurite.mjs <azurite arguments>
//
// Runs Azurite in this process and stops it gracefully, as on SIGTERM, when standard input closes. A parent that keeps
// the pipe open thus never leaves an emulator behind, not even when it is killed. Exit code 0 after an orderly stop.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

// Ctrl+C reaches the whole process group. The parent still needs Azurite while it stops, so the pipe alone decides when.
if (!process.stdin.isTTY) {
  const once = process.once;
  process.once = (event, listener) => (event === 'SIGINT' ? process : once.call(process, event, listener));
  process.on('SIGINT', () => {});
}

// A parent that was killed reads no more; what Azurite says while it closes must not end it before its files are written.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

const longestStop = 10_000; // milliseconds; a stuck connection must not keep the process alive

function stop() {
  // Azurite listens for SIGTERM once all its services listen; before that there is nothing to save.
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
  setTimeout(() => process.exit(1), longestStop).unref();
}

finished(process.stdin.resume(), stop);
process.stdin.unref?.(); // the servers alone decide how long the process lives

// An emulator frees its ports before it has written its files: the next one on the same files waits until that process is gone. It does not
// wait longer than a stop can take; whatever has that number then is something else.
const place = process.argv.indexOf('--location');
if (place > 0) {
  const folder = process.argv[place + 1];
  mkdirSync(folder, { recursive: true });
  await take(join(folder, 'azurite.pid'), Date.now() + longestStop + 2_000);
}

async function take(lock, deadline) {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(lock, { force: true }));
      return;
    } catch (fault) {
      if (fault.code !== 'EEXIST') throw fault;
    }

    if (Date.now() > deadline || !lives(lock)) rmSync(lock, { force: true });
    else await pause(100);
  }
}

function lives(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    return holder === 0 || process.kill(holder, 0); // half written is alive
  } catch (fault) {
    return fault.code === 'EPERM' || fault.code === 'ENOENT'; // another user's, or given back just now
  }
}

await import('azurite/dist/src/azurite.js');
