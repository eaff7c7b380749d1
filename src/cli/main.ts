#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { typedOn } from './keyboard.ts'
import { readSecret } from './read-secret.ts'
import { run } from './run.ts'

// Who read along may be gone, as a terminal that was closed; calls go on. Unheard, a broken pipe would be an error that
// nobody caught, said on the same broken pipe, and so on for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

process.exit(
  await run(process.argv.slice(2), {
    env: process.env,
    write: line => process.stdout.write(line),
    complain: line => process.stderr.write(line),
    readInput: () => text(process.stdin),
    typed: signal => typedOn(process.stdin, signal),
    readSecret,
  }),
)
