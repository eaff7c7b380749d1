#!/usr/bin/env node
/**
 * Checks an exported ledger without any code of Jieting's, and without its database or its key:
 *
 *     npx jieting audit export ledger.jsonl
 *     node examples/check-ledger.mjs ledger.jsonl [seals.jsonl]
 *
 * Each line is { room, seq, stream, place, digest, hash } and, unless it was erased, { atMs, kind, body, salt };
 * the first is { ledger, publicKey }, the last are { seal: { n, text, signature } }. The second file holds seals as they
 * were sent out on earlier days: what they sealed has to be in the ledger.
 *
 *     digest = SHA-256( salt \n atMs \n kind \n body )
 *     hash   = SHA-256( hash before it in its room \n hash before it in its stream \n room \n seq \n stream \n place \n digest )
 *     seal   = Ed25519 over text, which holds SHA-256 of the text of the seal before
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const sha256 = (...lines) => createHash('sha256').update(lines.join('\n')).digest('hex')
const [ledgerFile, sealFile] = process.argv.slice(2)
if (!ledgerFile) {
  console.error('usage: check-ledger.mjs ledger.jsonl [seals.jsonl]')
  process.exit(2)
}

const wrong = []
const say = (place, what) => wrong.length < 100 && wrong.push(`${place}: ${what}`)
/** By room: how far its chain went, and every hash of it; by stream: where it is. */
const rooms = new Map()
const seals = []
let publicKey
let events = 0
let erased = 0
let adopted = 0

for await (const line of createInterface({ input: createReadStream(ledgerFile) })) {
  const entry = JSON.parse(line)
  if (entry.publicKey) publicKey = createPublicKey(entry.publicKey)
  else if (entry.seal) seals.push(entry.seal)
  else link(entry)
}

function link({ room, seq, stream, place, digest, hash, atMs, kind, body, salt, ...rest }) {
  const here = `${room} ${seq}`
  const chain = rooms.get(room) ?? { last: '0'.repeat(64), hashes: [''], streams: new Map() }
  rooms.set(room, chain)
  const before = chain.streams.get(stream) ?? { place: 0, hash: '' }
  events++
  if (seq !== chain.hashes.length) say(here, 'a gap in the chain')
  if (place !== before.place + 1) say(here, `a gap in ${stream}`)
  if (hash !== sha256(chain.last, before.hash, room, seq, stream, place, digest))
    say(here, 'the hash is wrong')
  if (rest.erased) erased++
  else if (salt === undefined) say(here, 'what happened is missing, and was not erased')
  else if (digest !== sha256(salt, atMs, kind, body)) say(here, 'what happened was changed')
  if (rest.adopted) adopted++
  chain.last = hash
  chain.hashes[seq] = hash
  chain.streams.set(stream, { place, hash })
}

let previous = ''
for (const seal of seals) {
  checkSeal(seal)
  if (JSON.parse(seal.text).previous !== previous) say(`seal ${seal.n}`, 'does not follow the one before')
  previous = sha256(seal.text)
}
if (sealFile)
  for await (const line of createInterface({ input: createReadStream(sealFile) })) {
    const seal = JSON.parse(line)
    checkSeal(seal)
    if (!seals.some(({ text }) => text === seal.text))
      say(`seal ${seal.n}`, 'was sent out, and is no longer there')
  }

function checkSeal({ n, text, signature }) {
  if (!verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url')))
    return say(`seal ${n}`, 'is not signed by this house')
  for (const { room, seq, hash } of JSON.parse(text).heads)
    if (seq > 0 && rooms.get(room)?.hashes[seq] !== hash)
      say(`seal ${n}`, `${room} ${seq} is not what was sealed`)
}

console.log(
  `${events} events in ${rooms.size} rooms (${erased} erased, ${adopted} from before the ledger), ${seals.length} seals`,
)
for (const one of wrong) console.log(one)
console.log(wrong.length === 0 ? 'nothing was changed' : `${wrong.length} things are wrong`)
process.exit(wrong.length === 0 ? 0 : 1)
