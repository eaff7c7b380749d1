#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { typedOn } from './keyboard.ts'
import { readSecret } from './read-secret.ts'
import { run } from './run.ts'

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
