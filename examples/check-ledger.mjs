#!/usr/bin/env node
/**
 * Checks an exported ledger without any code of Jieting's, without its database and without its key:
 *
 *     npx jieting audit export ledger.jsonl
 *     node examples/check-ledger.mjs ledger.jsonl [seals.jsonl]
 *
 * The lines of an export, in this order:
 *
 *     { ledger: 3, publicKey, older }                        older: public keys before it, the latest first
 *     { head: { room, seq, hash } }                          where each chain ended as the export began
 *     { rows: { room, stream, place, tables } }              what reports show of a stream once it had had `place` events
 *     { room, seq, stream, place, digest, hash } and { atMs, kind, body, salt, adopted }, or { erased: true }
 *     { seal: { n, text, signature } }
 *     { end: how many lines there are before this one }
 *
 *     digest = SHA-256( salt \n atMs \n kind \n body )
 *     hash   = SHA-256( hash before it in its room \n hash before it in its stream \n room \n seq \n stream \n place \n digest )
 *     seal   = Ed25519 over text, which holds the heads, and SHA-256 of the text of the seal before
 *
 * Where the house changed its key, the first seal of the next key holds { handover: { from, to, signature } }: Ed25519 by
 * `from`, the key before, over `jieting ledger handover \n to \n SHA-256 of the text of the seal before`. From then on no
 * seal of the key before counts.
 *
 * Every link, event and seal is checked; each row is made anew from the events (`rooms`, below) and compared. The second
 * file holds seals as they were sent out on earlier days: what they sealed has to be in the export.
 *
 * What it cannot see: an event that somebody who has the database chained at the end since the last seal, with its row.
 * That is seen by `npx jieting audit`, which has the key of the events' marks, and by the next seal that is held against
 * a head noted earlier.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const moment = ms => (ms === undefined || ms === null ? null : new Date(ms))
/** Nothing that happened tells it. */
const untold = undefined

/**
 * What is reported of a stream, as a fold over its events: `after` gives the next state (undefined at first), `rows` the
 * rows by table. `order` is the column that several rows of a stream are in the order of.
 */
const rooms = {
  orders: {
    tables: {
      orders: undefined,
      order_erasures: undefined,
      order_returns: 'seq',
      order_instructions: 'seq',
      order_site_checks: 'seq',
      order_closings: 'cycle',
    },
    after: orderAfter,
    rows: ({ row, erasure, returns = [], instructions = [], sites = [], closings = [] } = {}) => ({
      orders: row ? [row] : [],
      order_erasures: erasure ? [erasure] : [],
      order_returns: returns,
      order_instructions: instructions,
      order_site_checks: sites,
      order_closings: closings,
    }),
  },
  surveys: {
    tables: { surveys: undefined, survey_attempts: 'rung_at', survey_links: 'token_hash' },
    after: surveyAfter,
    rows: ({ row, attempts = [], links = new Map() } = {}) => ({
      surveys: row ? [row] : [],
      survey_attempts: attempts,
      survey_links: [...links.values()],
    }),
  },
  staff: {
    tables: {
      staff: undefined,
      staff_factors: 'id',
      staff_recovery: 'mark',
      staff_factor_removals: undefined,
    },
    after: memberAfter,
    rows: ({ member, row, factors = new Map(), codes = new Set(), removal } = {}) => ({
      staff: row ? [row] : [],
      staff_factors: [...factors.values()],
      staff_recovery: [...codes].map(mark => ({ member, mark })),
      staff_factor_removals: removal ? [removal] : [],
    }),
  },
  programs: {
    tables: { programs: undefined },
    after: programAfter,
    rows: row => ({ programs: row ? [row] : [] }),
  },
  trail: {
    tables: { trail: 'place' },
    after: (entries = [], { stream, place, atMs, kind, data }) => {
      if (isErasure(kind, data)) return []
      const act = kind === 'erased-by-them' ? 'erased' : kind
      entries.push({ ...data, hour: stream, place, at: moment(atMs), act })
      return entries
    },
    rows: (entries = []) => ({ trail: entries }),
  },
}

/** All of a stream was let go of. That somebody erased something stands in the trail, and has an id. */
function isErasure(kind, data) {
  return kind === 'erased' && data?.id === undefined
}

function orderAfter(
  before,
  { stream: number, place, atMs, kind, data: { by, data, marks, asked }, adopted },
) {
  const erasure = asks => ({
    number,
    ...{ at: null, actor: null },
    because: asks?.because ?? null,
    asked_by: asks?.askedBy ?? null,
    asked_at: moment(asks?.askedAtMs),
  })
  if (kind === 'erased') return { erasure: { ...erasure(asked), at: moment(atMs), actor: by } }
  if (kind === 'made' ? before : !before?.row) throw new Error(kind)
  const from = { dispatched: 'undispatched', signed: 'waiting', reopened: 'closed', parted: 'merged' }[kind]
  if (from && before.row.stage !== from) throw new Error(kind)
  // Answered while they were on the line, with the order that it was handled with, or by the unit that leads.
  const open = place === 2 ? 'waiting' : data.with ? 'merged' : 'handling'
  if (kind === 'closed' && before.row.stage !== open) throw new Error(kind)
  const seen = {
    seq: place,
    changed_at: moment(atMs),
    yellow_at: adopted ? untold : moment(marks?.yellowAtMs),
    red_at: adopted ? untold : moment(marks?.redAtMs),
  }
  if (kind === 'made') {
    const {
      unit,
      category,
      street,
      urgency,
      elder,
      caller,
      contact: { number: contact = '' },
      matter,
      place: where,
      confidential = false,
    } = data
    const { type = null, catalogueKind = null, district = null } = data
    const whose = { unit, category, type, kind: catalogueKind, district, street }
    const told = { ...whose, urgency, elder, caller, contact, matter, place: where, confidential }
    const moments = { rang_at: moment(data.rangAtMs), made_at: moment(atMs) }
    return {
      row: {
        number,
        stage: data.waits ? 'undispatched' : 'waiting',
        cycle: 1,
        ...told,
        ...moments,
        returns: 0,
        helpers: data.coUnits ?? [],
        copies: data.copies ?? [],
        rule_kind: null,
        rule_sampled: false,
        rule_verdict: null,
        person_asked: false,
        assignee: null,
        merged_into: null,
        like_open: 0,
        states_told: 0,
        ...seen,
      },
      lyingMs: atMs,
      returns: [],
      instructions: [],
      sites: [],
      closings: [],
    }
  }
  const row = { ...before.row, ...seen, copies: data.copies ?? before.row.copies }
  const { helpers } = row
  const like = likeAfter(before.like ?? [], kind, data)
  const changed = {
    'state-told': () => ({ states_told: row.states_told + 1 }),
    assigned: () => ({ assignee: data.person ?? null }),
    dispatched: () => ({
      stage: 'waiting',
      unit: data.unit,
      category: data.category,
      kind: data.catalogueKind ?? row.kind,
      helpers: data.coUnits ?? [],
      ...(data.byRule && {
        rule_kind: data.catalogueKind ?? row.kind,
        rule_sampled: data.byRule.sampled,
      }),
    }),
    succeeded: () => {
      const now = unit => (unit === data.from ? data.unit : unit)
      const isTwice = now(row.unit) === data.unit || helpers.includes(data.unit)
      return {
        unit: now(row.unit),
        helpers: helpers.filter(unit => !(isTwice && unit === data.from)).map(now),
        copies: [...new Set(row.copies.map(now))],
      }
    },
    'taken-back': () => ({
      stage: 'undispatched',
      unit: '@centre',
      helpers: [],
      copies: [],
      rule_verdict: 'reversed',
    }),
    merged: () => ({ stage: 'merged', unit: data.unit, assignee: null, merged_into: data.into }),
    followed: () => ({ unit: data.unit }),
    parted: () => before.parting,
    looked: () => ({ rule_verdict: 'right' }),
    'person-asked': () => ({ person_asked: true }),
    signed: () => ({ stage: 'handling' }),
    closed: () => ({ stage: 'closed' }),
    reopened: () => ({ stage: 'handling', cycle: row.cycle + 1, merged_into: null }),
    returned: () => ({ unit: data.target, returns: row.returns + 1 }),
    'return-asked': () => ({ returns: row.returns + 1 }),
    'return-decided': () => ({ unit: data.target ?? row.unit }),
    appointed: () => ({ unit: data.target }),
    reclassified: () => ({
      category: data.category,
      kind: data.category === row.category ? row.kind : null,
      unit: data.target ?? row.unit,
    }),
    granted: () => ({ helpers: [...helpers, data.unit] }),
    'grant-ended': () => ({ helpers: helpers.filter(unit => unit !== data.unit) }),
    'confidential-set': () => ({ confidential: data.confidential }),
  }[kind]
  const waiting = {
    'erasure-asked': erasure({ because: data.because, askedBy: by.person, askedAtMs: atMs }),
    'erasure-refused': undefined,
    reopened: undefined,
  }
  const after = { ...row, ...changed?.(), ...(isMoved(kind, data, row) ? { assignee: null } : {}) }
  return {
    closings: closingsAfter(before, { atMs, kind, data, by }),
    row: waitingFor(like, after),
    ...supervisedAfter(before, after, { place, atMs, kind, data }),
    like,
    parting: kind === 'merged' ? asBefore(before.row) : before.parting,
    ...returnsAfter(before, { place, atMs, kind, data }),
    erasure: Object.hasOwn(waiting, kind) ? waiting[kind] : before.erasure,
  }
}

/** Orders that it may repeat, about which nobody has decided. */
function likeAfter(like, kind, { orders, from, order }) {
  if (kind === 'likened') return orders.map(one => one.order)
  const decided = kind === 'told-apart' ? from : kind === 'joined' ? order : undefined
  return like.filter(one => one !== decided)
}

const waitingFor = (like, row) => ({
  ...row,
  like_open: row.stage === 'merged' || row.stage === 'closed' ? 0 : like.length,
})

/** What an order that is handled with another goes back to when that is undone. */
const asBefore = ({ stage, unit, assignee, copies }) => ({ stage, unit, assignee, copies, merged_into: null })

/** It goes to a unit, also to the one that has it, or back to the centre: nobody of the unit is named yet. */
function isMoved(kind, { outcome, target, from }, { unit }) {
  if (kind === 'return-decided') return outcome === 'upheld'
  if (kind === 'succeeded') return unit === from
  if (kind === 'reclassified') return target !== undefined
  return ['dispatched', 'taken-back', 'returned', 'appointed'].includes(kind)
}

/** What the rules found lacking in closings, and what somebody of the centre said of it. */
function closingsAfter({ row: { number, cycle, unit }, lead, closings }, { atMs, kind, data, by }) {
  if (kind === 'closing-judged')
    return closings.map(one =>
      one.cycle === data.cycle ? { ...one, verdict: data.verdict, judged_by: by.person } : one,
    )
  if (kind !== 'closed' || !data.check) return closings
  const { lacks, told = false, sampled = false } = data.check
  const read = { lacks: lacks.map(({ what }) => what), told, sampled, verdict: null, judged_by: null }
  return [
    ...closings,
    { number, cycle, unit: lead ?? unit, closed_at: moment(atMs), result: data.result, ...read },
  ]
}

/** What its units had to answer, and looks at the place; both go with the order to another unit while they wait. */
function supervisedAfter(before, { number, unit }, { place: seq, atMs, kind, data }) {
  const { instructions, sites, returns, lead: led } = before
  const lead = kind === 'signed' ? data.unit : kind === 'succeeded' && led === data.from ? data.unit : led
  const done = moment(atMs)
  const outcome = {
    instructed: 'raised',
    'instruction-answered': 'answered',
    'instruction-ended': 'ended',
    'taken-back': 'ended',
    closed: 'closed',
  }[kind]
  const answer_seq = kind === 'instruction-answered' ? seq : null
  const told = instructions.map(one => {
    if (one.done_at !== null) return one
    return outcome ? { ...one, outcome, done_at: done, answer_seq } : { ...one, unit: lead ?? unit }
  })
  const { level, because } = data
  const issued = { issued_at: done, done_at: null, outcome: null, answer_seq: null }
  const isDecided =
    ['signed', 'returned', 'appointed', 'taken-back'].includes(kind) ||
    (kind === 'return-decided' && data.outcome !== 'site') ||
    (kind === 'reclassified' && data.target !== undefined)
  const isAsked = kind === 'site-asked' || (kind === 'return-decided' && data.outcome === 'site')
  const isOver =
    isAsked || (isDecided && returns.at(-1)?.decided_at === null && returns.at(-1).site_at !== null)
  const seen =
    kind === 'site-checked'
      ? { check_seq: seq, visited_at: moment(data.visitedAtMs), verdict: data.verdict, done_at: done }
      : isOver
        ? { done_at: done }
        : {}
  const looked = sites.map(one => ({ ...one, unit, ...(one.done_at === null && seen) }))
  const waits = { asked_at: done, done_at: null, check_seq: null, visited_at: null, verdict: null }
  return {
    lead,
    instructions:
      kind === 'instructed'
        ? [...told, { number, seq, level, because, unit: lead ?? unit, ...issued }]
        : told,
    sites: isAsked ? [...looked, { number, seq, unit, ...waits }] : looked,
  }
}

/** What units returned, since when it lay there, and what became of it. */
function returnsAfter({ row, returns, lyingMs }, { place: seq, atMs, kind, data }) {
  const last = returns.at(-1)
  const decided = (outcome, to) =>
    last?.decided_at === null
      ? [...returns.slice(0, -1), { ...last, outcome, decided_at: moment(atMs), to_unit: to }]
      : returns
  if (kind === 'returned' || kind === 'return-asked') {
    const { target, ground } = data
    const isDirect = kind === 'returned'
    const asked = {
      number: row.number,
      seq,
      from_unit: row.unit,
      target,
      ground,
      since_at: moment(lyingMs),
      asked_at: moment(atMs),
      site_at: null,
      outcome: isDirect ? 'direct' : null,
      decided_at: isDirect ? moment(atMs) : null,
      to_unit: isDirect ? target : null,
    }
    return { returns: [...returns, asked], lyingMs: isDirect ? atMs : lyingMs }
  }
  if (kind === 'return-decided' && data.outcome === 'site')
    return { returns: [...returns.slice(0, -1), { ...last, site_at: moment(atMs) }], lyingMs }
  if (kind === 'return-decided')
    return { returns: decided(data.outcome, data.target ?? row.unit), lyingMs: atMs }
  if (kind === 'signed') return { returns: decided('withdrawn', row.unit), lyingMs }
  if (kind === 'dispatched') return { returns, lyingMs: atMs }
  if (kind === 'taken-back') return { returns: decided('upheld', '@centre'), lyingMs: atMs }
  if (kind === 'appointed' || (kind === 'reclassified' && data.target !== undefined))
    return {
      returns: decided(data.target === row.unit ? 'refused' : 'upheld', data.target),
      lyingMs: atMs,
    }
  return { returns, lyingMs }
}

function surveyAfter(before, { stream: id, atMs, kind, data, adopted }) {
  if (kind === 'owed') {
    const { campaign = 'closed-orders', order: order_number, cycle, elder, language } = data
    const whose = { campaign, order_number, cycle, elder, language, unit: data.unit, category: data.category }
    const answers = { contacted: null, solved: null, rating: null }
    const stands = { state: 'owed', reached: false, settled: null, settled_at: null, excluded: false }
    const row = {
      id,
      ...whose,
      street: data.street,
      closed_at: moment(data.closedAtMs),
      referred: data.isReferred ?? false,
      ...answers,
      ...stands,
    }
    return { row, attempts: [], links: new Map() }
  }
  if (!before) throw new Error(kind)
  const { row, attempts, links } = before
  const at = adopted ? untold : moment(atMs)
  const changed = set => ({ ...before, row: { ...row, ...set } })
  if (kind === 'rung') {
    const open = {
      ended_at: null,
      how: null,
      person_served: null,
      person_asked: false,
      person_waited_ms: null,
    }
    const { attempt, redial, half: half_day } = data
    attempts.push({ survey: id, attempt, redial, half_day, rung_at: at, ...open })
    return changed({ state: 'ringing' })
  }
  if (kind === 'ended') {
    const open = attempts.at(-1)
    const { attempt, how, person } = data
    if (open?.how === null && open.attempt === attempt) {
      const waited = person?.waitedMs === undefined ? null : Math.round(person.waitedMs)
      const asked = { person_served: person?.served ?? null, person_waited_ms: waited }
      Object.assign(open, {
        how,
        ended_at: at,
        ...asked,
        person_asked: person !== undefined && !person.unasked,
      })
    }
    const state = row.state === 'ringing' ? 'owed' : row.state
    return changed({ state, reached: row.reached || how === 'talked' })
  }
  if (kind === 'answered')
    return changed(data.name in row ? { reached: true, [data.name]: data.value } : { reached: true })
  if (kind === 'opted-out') return changed({ reached: true })
  if (kind === 'linked') return changed({ state: 'linked' })
  if (kind === 'settled')
    return changed({ state: 'settled', settled: data.as, settled_at: row.settled_at ?? moment(atMs) })
  if (kind === 'exclusion-asked') return { ...changed({ excluded: false }), isAsked: true }
  if (kind === 'exclusion-decided') return before.isAsked ? changed({ excluded: data.agreed }) : before
  if (kind !== 'link-made') throw new Error(kind)
  links.set(data.tokenHash, { survey: id, token_hash: data.tokenHash, until_at: moment(data.untilMs) })
  return before
}

function memberAfter(before, { stream: name, atMs, kind, data }) {
  const { display, role, unit = null, password = null, subject = null, temporary } = data
  const gone = { member: name, factors: new Map(), codes: new Set() }
  if (kind === 'added') {
    const added = { name, display, role, unit, password, subject, temporary: temporary ?? false }
    return { ...gone, row: { ...added, added_at: moment(atMs) } }
  }
  if (kind === 'removed') return gone
  if (!before?.row) throw new Error(kind)
  const { row, factors, codes } = before
  const changed = set => ({ ...before, row: { ...row, ...set } })
  switch (kind) {
    case 'changed':
      return changed({ display, role, unit })
    case 'password-set':
      return changed({ password, temporary: temporary ?? false })
    case 'password-changed':
      return changed({ password, temporary: false })
    case 'factor-added': {
      const { id, factor, label, material, madeAtMs } = data
      factors.set(id, { id, member: name, kind: factor, label, material, made_at: moment(madeAtMs) })
      return before
    }
    case 'factor-dropped':
      factors.delete(data.id)
      return factors.size === 0 ? { ...before, codes: new Set() } : before
    case 'recovery-made':
      return { ...before, codes: new Set(data.codes) }
    case 'recovery-used':
      codes.delete(data.code)
      return before
    case 'removal-asked':
      return { ...before, removal: { member: name, asked_by: data.by, asked_at: moment(atMs) } }
    case 'factors-removed':
      return { ...gone, row }
    default:
      throw new Error(kind)
  }
}

function programAfter(before, { stream: name, atMs, kind, data: { token, owner, scopes, endsAtMs } }) {
  if (kind === 'revoked' && before) return { ...before, revoked_at: moment(atMs) }
  if (kind !== 'let-in') throw new Error(kind)
  const moments = { made_at: moment(atMs), ends_at: moment(endsAtMs), revoked_at: null }
  return { name, token, owner, scopes, ...moments }
}

const words = {
  line: ['这一行无法读取', 'a line that cannot be read'],
  'short-file': ['文件不完整', 'the file is not whole'],
  gap: ['链中有缺口', 'a gap in the chain'],
  hash: ['哈希不对', 'the hash is wrong'],
  'event-missing': ['发生的事不见了，也没有清除记录', 'what happened is missing, and was not erased'],
  'event-changed': ['发生的事被改动', 'what happened was changed'],
  head: ['链的末尾被删去', 'the chain ends before its head'],
  history: ['这些事不可能按此顺序发生', 'this cannot have happened in this order'],
  'rows-missing': ['没有导出它的数据行', 'its rows are not in the export'],
  'row-missing': ['少了数据行', 'a row is missing'],
  'row-unexpected': ['多出数据行', 'a row that nothing of what happened made'],
  column: ['与发生的事不符', 'says something else than happened'],
  'column-unknown': ['来历不明的一栏', 'a column that nothing of what happened made'],
  'seal-order': ['不接前一份凭证', 'does not follow the one before'],
  'seal-key': ['换了密钥，前一把没有交接', 'is by another key, to which the one before did not hand over'],
  'seal-gone': ['曾经送出，如今不在', 'was sent out, and is no longer there'],
  'seal-forged': ['不是本系统签的', 'is not signed by this house'],
  sealed: ['与封存时不符', 'is not what was sealed'],
}
const wrong = []
const say = (place, what) => wrong.push(`${place}: ${words[what].join(' / ')}`)

const sha256 = (...lines) => createHash('sha256').update(lines.join('\n')).digest('hex')
const linesOf = file =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
const key = (room, stream) => `${room} ${stream}`

const [ledgerFile, sealFile] = process.argv.slice(2)
if (!ledgerFile) {
  console.error('用法 / usage: check-ledger.mjs ledger.jsonl [seals.jsonl]')
  process.exit(2)
}

const heads = new Map()
const rows = new Map()
/** By room: how far its chain went, every hash of it, and where each stream is. */
const chains = new Map()
const seals = []
const counts = { events: 0, erased: 0, adopted: 0, rows: 0 }
/** The latest first. */
let publicKeys = []
let lines = 0
let isWhole = false

for await (const line of linesOf(ledgerFile)) {
  const entry = read(line, `${ledgerFile} ${lines + 1}`)
  if (!entry) continue
  if (entry.publicKey)
    publicKeys = [entry.publicKey, ...(entry.older ?? [])].map(pem => ({ pem, key: createPublicKey(pem) }))
  else if (entry.head) heads.set(entry.head.room, entry.head)
  else if (entry.rows) rows.set(key(entry.rows.room, entry.rows.stream), entry.rows)
  else if (entry.seal) seals.push(entry.seal)
  else if (entry.end !== undefined) isWhole = entry.end === lines
  else link(entry)
  lines++
}
if (!isWhole) say(ledgerFile, 'short-file')

function read(line, place) {
  try {
    return JSON.parse(line)
  } catch {
    say(place, 'line')
  }
}

function link(entry) {
  const { room, seq, stream, place, digest, hash, atMs, kind, body, salt, ...rest } = entry
  const here = `${room} ${seq} (${stream})`
  const chain = chains.get(room) ?? { last: '0'.repeat(64), hashes: [''], streams: new Map() }
  chains.set(room, chain)
  const before = chain.streams.get(stream) ?? { place: 0, hash: '' }
  const now = { ...before, place, hash }
  chain.streams.set(stream, now)
  counts.events++
  if (seq !== chain.hashes.length || place !== before.place + 1) say(here, 'gap')
  if (hash !== sha256(chain.last, before.hash, room, seq, stream, place, digest)) say(here, 'hash')
  chain.last = hash
  chain.hashes[seq] = hash
  if (rest.adopted) counts.adopted++
  if (rest.erased) counts.erased++
  else if (salt === undefined) say(here, 'event-missing')
  else if (digest !== sha256(salt, atMs, kind, body)) say(here, 'event-changed')
  if (body !== undefined && isErasure(kind, read(body, here))) {
    now.isLost = false
    now.erasedAt = undefined
  }
  if (salt === undefined) {
    now.isLost = true
    if (rest.erased) now.erasedAt ??= here
  } else if (!now.isLost) fold(now, { room, stream, place, atMs, kind, adopted: rest.adopted, body }, here)
  const expected = rows.get(key(room, stream))
  if (expected?.place === place && !now.isLost) compareRows(expected, now.state)
  if (expected && place >= expected.place) rows.delete(key(room, stream))
  else if (!expected && place === 1 && seq <= (heads.get(room)?.seq ?? 0)) say(here, 'rows-missing')
}

/** What cannot have happened is said once, and nothing is compared with what follows. */
function fold(now, { room, body, ...event }, here) {
  try {
    now.state = rooms[room]?.after(now.state, { ...event, data: JSON.parse(body) })
  } catch {
    say(here, 'history')
    now.isLost = true
  }
}

function compareRows({ room, stream, tables }, state) {
  const expected = rooms[room]?.rows(state) ?? {}
  for (const table of new Set([...Object.keys(expected), ...Object.keys(tables)])) {
    const order = rooms[room]?.tables[table]
    const found = inOrder(tables[table] ?? [], order)
    const wanted = inOrder(expected[table] ?? [], order)
    const here = `${table} ${stream}`
    counts.rows += wanted.length
    if (found.length !== wanted.length)
      say(here, found.length < wanted.length ? 'row-missing' : 'row-unexpected')
    else for (const [index, row] of wanted.entries()) compareColumns(here, row, found[index])
  }
}

function compareColumns(here, wanted, found) {
  for (const column of new Set([...Object.keys(wanted), ...Object.keys(found)]))
    if (!Object.hasOwn(wanted, column)) say(`${here} ${column}`, 'column-unknown')
    else if (!isSame(wanted[column], found[column])) say(`${here} ${column}`, 'column')
}

function isSame(wanted, found) {
  if (wanted === untold) return true
  if (wanted instanceof Date) return typeof found === 'string' && Date.parse(found) === wanted.getTime()
  return canonical(wanted) === canonical(found)
}

/** The same for the same value, whatever the order of its keys. */
function canonical(value) {
  return JSON.stringify(value, (_key, held) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([one], [other]) => (one < other ? -1 : 1)))
      : held,
  )
}

/** Numbers by size, moments by time, texts by their letters. */
function inOrder(list, column) {
  if (column === undefined) return list
  const by = row => (column.endsWith('_at') ? new Date(row[column] ?? 0).getTime() : row[column])
  return list.toSorted((one, other) => (by(one) < by(other) ? -1 : by(one) > by(other) ? 1 : 0))
}

// What is said to be erased, and no event says so.
for (const { streams } of chains.values())
  for (const { erasedAt } of streams.values()) if (erasedAt) say(erasedAt, 'event-missing')
// Streams of which there are rows, and no event: nothing may be there.
for (const { room, stream, place, tables } of rows.values())
  if (place === 0) compareRows({ room, stream, tables }, undefined)
  else say(`${room} (${stream})`, 'gap')
for (const { room, seq, hash } of heads.values())
  if (seq > 0 && chains.get(room)?.hashes[seq] !== hash) say(`${room} ${seq}`, 'head')

let previous = ''
/** Which key made the seal before; any before the first. */
let keyAt
seals.forEach((seal, index) => {
  const by = checkSeal(seal)
  const text = read(seal.text, `seal ${seal.n}`)
  if (seal.n !== index + 1 || text?.previous !== previous) say(`seal ${seal.n}`, 'seal-order')
  if (by !== undefined && keyAt !== undefined && by !== keyAt && !isHandedOver(text, keyAt, by))
    say(`seal ${seal.n}`, 'seal-key')
  else keyAt = by ?? keyAt
  previous = sha256(seal.text)
})
if (sealFile)
  for await (const line of linesOf(sealFile)) {
    const seal = read(line, sealFile)
    if (!seal) continue
    checkSeal(seal)
    if (!seals.some(({ text }) => text === seal.text)) say(`seal ${seal.n}`, 'seal-gone')
  }

function isSigned(text, signature, { key }) {
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
}

/** Keys only go on, and the one before says to which. */
function isHandedOver({ handover, previous: last }, before, now) {
  if (now > before || !handover) return false
  const { from, to, signature } = handover
  if (from !== publicKeys[before].pem || to !== publicKeys[now].pem) return false
  return isSigned(['jieting ledger handover', to, last].join('\n'), signature, publicKeys[before])
}

/** Gives back which key made it. */
function checkSeal({ n, text, signature }) {
  const by = publicKeys.findIndex(one => isSigned(text, signature, one))
  if (by < 0) return say(`seal ${n}`, 'seal-forged')
  for (const { room, seq, hash } of JSON.parse(text).heads)
    if (seq > 0 && chains.get(room)?.hashes[seq] !== hash) say(`seal ${n}, ${room} ${seq}`, 'sealed')
  return by
}

const { events, erased, adopted } = counts
console.log(
  `${events} events in ${chains.size} rooms (${erased} erased, ${adopted} from before the ledger), ${counts.rows} rows, ${seals.length} seals`,
)
for (const one of wrong.slice(0, 100)) console.log(one)
console.log(
  wrong.length === 0 ? '没有改动 / nothing was changed' : `${wrong.length} 处不符 / things are wrong`,
)
process.exit(wrong.length === 0 ? 0 : 1)
