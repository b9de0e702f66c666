// node azurite.mjs <azurite arguments>
//
// Runs Azurite in this process and stops it gracefully, as on SIGTERM, when standard input closes. A parent that keeps
// the pipe open thus never leaves an emulator behind, not even when it is killed. Exit code 0 after an orderly stop.

import { finished } from 'node:stream';

// Ctrl+C reaches the whole process group. The parent still needs Azurite while it stops, so the pipe alone decides when.
if (!process.stdin.isTTY) {
  const once = process.once;
  process.once = (event, listener) => (event === 'SIGINT' ? process : once.call(process, event, listener));
  process.on('SIGINT', () => {});
}

const longestStop = 10_000; // milliseconds; a stuck connection must not keep the process alive

function stop() {
  // Azurite listens for SIGTERM once all its services listen; before that there is nothing to save.
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
  setTimeout(() => process.exit(1), longestStop).unref();
}

finished(process.stdin.resume(), stop);
process.stdin.unref?.(); // the servers alone decide how long the process lives

await import('azurite/dist/src/azurite.js');
