/** Runs in a separate process: loads a model and feeds it a second of silence. sherpa-onnx ends the process of a bad model. */
import { readFileSync } from 'node:fs'
import { type EngineOptions, openEngine } from './sherpa-engine.ts'

const engine = openEngine(JSON.parse(readFileSync(0, 'utf8')) as EngineOptions)
const stream = engine.open()
engine.hear(stream, 'PCMA', new Uint8Array(8000).fill(0xd5))
engine.finish(stream)
engine.decode([stream], () => undefined)
process.exit(0)
