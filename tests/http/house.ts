import { openAssistant } from '../../src/assistant/index.ts'
import type { Callbacks } from '../../src/callbacks/index.ts'
import type { Callers } from '../../src/callers/index.ts'
import type { CaptionRecords } from '../../src/captions/index.ts'
import { createCatalogueBook } from '../../src/catalogue/index.ts'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import type { SeatView } from '../../src/desk/api.ts'
import { createEvents, createManualClock, Fault, type Log, silentLog } from '../../src/foundation/index.ts'
import { faults } from '../../src/hall/rooms.ts'
import { type AppOptions, createApp } from '../../src/http/app.ts'
import type { AuditDesk } from '../../src/http/audit/routes.ts'
import type { FloorDependencies } from '../../src/http/floor/routes.ts'
import { type Served, subjectsOf } from '../../src/http/index.ts'
import type { Keys } from '../../src/http/keys/keys.ts'
import type { OrderDependencies } from '../../src/http/orders/routes.ts'
import type { SeatDependencies } from '../../src/http/seats/routes.ts'
import type { SurveyDesk } from '../../src/http/surveys/routes.ts'
import type { Incidents } from '../../src/incidents/index.ts'
import type { FlowChange, FlowCrowd, Flows, FlowUse, FlowVersion } from '../../src/ivr/index.ts'
import type { Knowledge, KnowledgeTelling } from '../../src/knowledge/index.ts'
import { openPlanning, type Planning } from '../../src/planning/index.ts'
import { readingOf } from '../../src/speech/index.ts'
import type { Member } from '../../src/staff/api.ts'
import type { Programs, Staff } from '../../src/staff/index.ts'
import { openSupervision, ordinaryScores } from '../../src/supervision/index.ts'
import { ordinaryRules, type Surveys } from '../../src/surveys/index.ts'
import type { CallQuery, DialRequest } from '../../src/telephony/api.ts'
import type { CallId, CallRecords, CallRow } from '../../src/telephony/index.ts'
import type { Trail } from '../../src/trail/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { noFloor } from './floor-house.ts'

export const apiToken = 'a-token-for-this-test-alone'
export const bearer = { authorization: `Bearer ${apiToken}` }

export const firstCall: CallRow = {
  id: 'call_01' as CallId,
  line: 'sip',
  direction: 'in',
  caller: '13800138000',
  called: '12345',
  state: 'answered',
  invitedAt: new Date(Date.UTC(2026, 0, 5, 2)),
  answeredAt: null,
  endedAt: null,
  endedBy: null,
  endReason: null,
  refusal: null,
}

/** The same as the API shows it. */
export const firstCallShown = {
  id: 'call_01',
  line: 'sip',
  direction: 'in',
  caller: '13800138000',
  called: '12345',
  state: 'answered',
  invitedAtMs: firstCall.invitedAt.getTime(),
}

export const flowVersion: FlowVersion = {
  number: 2,
  digest: 'b4'.repeat(32),
  way: 'api',
  author: '李工',
  note: '缩短问候',
  madeAt: new Date(Date.UTC(2026, 0, 5, 2)),
  parent: 1,
  verdict: [],
}

export const flowUse: FlowUse = {
  id: 7,
  standing: { number: 1, digest: 'a3'.repeat(32) },
  trial: { number: 2, digest: 'b4'.repeat(32), share: 0.05 },
  because: 'tried',
  author: '李工',
  usedAt: new Date(Date.UTC(2026, 0, 5, 2)),
}

/** A city in which nothing is wrong. */
const noIncidents: Pick<Incidents, 'list' | 'show' | 'make' | 'change' | 'end' | 'current'> = {
  list: async () => [],
  current: () => [],
  make: async ({ words, kind, area, untilMs }, by) => ({
    id: 'incident_01',
    words,
    kind,
    area,
    state: 'current',
    fromMs: 0,
    untilMs,
    madeBy: by,
    madeAtMs: 0,
    endsSoon: false,
    affected: 0,
  }),
  show: async id => noIncident(id),
  change: async id => noIncident(id),
  end: async id => noIncident(id),
}
const noIncident = (id: string): never => {
  throw new Fault({
    code: 'incident-unknown',
    place: 'params.id',
    found: id,
    expected: 'the id of an incident',
  })
}

/** Nothing is known; what entries become is tested with the real room. */
type ServedKnowledge = Omit<Knowledge, 'cited' | 'handlers' | 'figures' | 'forgetters' | 'close'>
const noEntry = (id: string): never => {
  throw new Fault({
    code: 'knowledge-unknown',
    place: 'params.id',
    found: id,
    expected: 'the id of an entry',
  })
}
const noTelling: KnowledgeTelling = {
  readOut: async id => noEntry(id),
  hush: () => undefined,
  text: async id => noEntry(id),
}
const noKnowledge: ServedKnowledge = {
  search: async ({ text }) => ({ hits: [], unsure: true, looked: text.length, cut: false }),
  list: async () => ({ entries: [] }),
  show: async id => noEntry(id),
  diff: async id => noEntry(id),
  draft: async () => noEntry('new'),
  change: async id => noEntry(id),
  submit: async id => noEntry(id),
  review: async () => ({ done: [], refused: [] }),
  withdraw: async id => noEntry(id),
  use: async id => noEntry(id),
  inbox: async () => ({ review: [], ending: [], sentBack: [] }),
  withdrawExamples: async () => 0,
  counted: async days => ({ days, searches: 0, unanswered: 0, answeredAtOnce: 0, words: [], units: [] }),
  import: async () => ({ drafted: 0, changed: 0, same: 0, submitted: false, faults: [] }),
  export: async () => new Uint8Array(),
}

const seatUnknown = (name: string) =>
  new Fault({ code: 'seat-unknown', place: 'seat', found: name, expected: 's1' })

const memberUnknown = (name: string) =>
  new Fault({ code: 'member-unknown', place: 'name', found: name, expected: 'nobody: none works here' })

const orderUnknown = (number: string) =>
  new Fault({ code: 'order-unknown', place: 'number', found: number, expected: 'none: there are no orders' })

type Rooms = {
  readonly calls: Pick<CallRecords, 'list' | 'find'>
  readonly dial: (asked: DialRequest) => Promise<{ readonly id: string }>
  readonly captions: CaptionRecords
  readonly desk: SeatDependencies['desk'] & FloorDependencies['desk']
  readonly floor: FloorDependencies['floor']
  readonly callers: Pick<Callers, 'mark' | 'ladder'>
  readonly programs: Programs
  readonly keys: Pick<Keys, 'list' | 'rotate'>
  readonly flows: Omit<Flows, 'close'>
  readonly crowd: Pick<FlowCrowd, 'count'>
  readonly callbacks: Served['callbacks']
  readonly recordings: Served['recordings']
  readonly staff: Omit<Staff, 'openId'> & Pick<Staff, 'openId'>
  readonly surveys: SurveyDesk & Pick<Surveys, 'link'> & AuditDesk['surveys']
  readonly auditing: AuditDesk['auditing']
  readonly trail: Pick<Trail, 'write' | 'mark' | 'list' | 'export'>
  readonly orders: OrderDependencies['orders']
  readonly retention: Served['retention']
  readonly drafts: Served['drafts']
  readonly learning: Served['learning']
  readonly planning: Planning
  readonly supervision: Served['supervision']
  readonly bulletins: Served['bulletins']
  readonly assistant: Served['assistant']
  readonly catalogueBook: Served['catalogueBook']
  readonly editions: Served['editions']
  readonly rulebook: Served['rulebook']
}
type Web = Pick<
  AppOptions,
  'city' | 'faults' | 'staff' | 'programs' | 'trail' | 'api' | 'open' | 'figures' | 'health'
>

/** A staff room without anybody; how people sign in is tested with the real one. */
export const nobodyWorksHere: Rooms['staff'] = {
  async signIn() {
    throw new Fault({ code: 'sign-in-refused', place: 'sign-in', found: 'nobody', expected: 'somebody' })
  },
  who: async () => undefined,
  use: () => undefined,
  second: {
    ways: async () => [],
    byCode: () => Promise.reject(new Error('nobody has a second factor')),
    askPasskey: () => Promise.reject(new Error('nobody has a second factor')),
    byPasskey: () => Promise.reject(new Error('nobody has a second factor')),
  },
  factors: {
    list: async () => [],
    of: async () => [],
    recoveryLeft: async () => 0,
    isNeeded: () => false,
    beginTotp: async () => ({ secret: '', uri: '' }),
    confirmTotp: async () => ({ recovery: [] }),
    beginPasskey: async () => ({}),
    addPasskey: async () => ({ recovery: [] }),
    drop: async () => undefined,
    renewRecovery: async () => ({ recovery: [] }),
    removeOf: async () => ({ state: 'removed' }),
  },
  own: { hasPassword: async () => true, changePassword: async () => undefined },
  sessions: { of: async () => [], end: async () => undefined, endAll: async () => undefined },
  checkSecondPerson: async () => undefined,
  signOut: async () => undefined,
  close: async () => undefined,
  notices: createEvents(() => undefined),
  list: async () => [],
  hasAdmin: async () => false,
  add: async ({ password: _secret, ...member }) => member,
  async remove(name) {
    throw memberUnknown(name)
  },
  async changeRights(name) {
    throw memberUnknown(name)
  },
  rightsChanges: async () => [],
  async setPassword(name) {
    throw memberUnknown(name)
  },
}

/** A staff room in which everybody is the same member; how people sign in is tested with the real one. */
export const everybodyIs = (member: () => Member): Rooms['staff'] => ({
  ...nobodyWorksHere,
  signIn: async () => ({ secret: 'secret', member: member(), isHalf: false }),
  who: async () => ({ member: member(), session: 'session', idleEndsAtMs: 1e15, endsAtMs: 1e15 }),
})

/** No calls are owed; how they are is tested with the real room. */
/** Nobody did anything, and what is done is not written down. */
export const noPrograms: Rooms['programs'] = {
  find: async () => undefined,
  list: async () => [],
  add: () => Promise.reject(new Error('no program is let in')),
  revoke: async () => undefined,
}

/** No key is changed. */
export const noKeys: Rooms['keys'] = {
  list: async () => [],
  rotate: async name => ({ name, from: 'file', older: 1, takesHold: 'next-start' }),
}

export const noTrail: Rooms['trail'] = {
  write: () => undefined,
  mark: value => value,
  list: async () => ({ entries: [], keptDays: 730 }),
  async *export() {
    yield ''
  },
}

/** Nothing ever happened. */
export const noAuditing: AuditDesk['auditing'] = {
  audit: async () => ({ rooms: [], seals: { checked: 0, stamped: 0 }, breaks: [] }),
  async *export() {
    yield '{"ledger":1}\n'
  },
  seals: async () => [],
  seal: async () => undefined,
  publicKey: '',
  olderPublicKeys: [],
}

export const noSurveys: Rooms['surveys'] = {
  campaigns: async () => [],
  async move(name) {
    throw new Fault({ code: 'campaign-unknown', place: 'params.name', found: name, expected: 'a campaign' })
  },
  rates: async () => [],
  formula: {
    of: 'answered',
    partly: 0.5,
    satisfiedUpTo: 3,
    exclusions: ['withdrawn'],
    weights: { response: 0.3, solved: 0.35, satisfied: 0.35 },
  },
  exclusions: async () => [],
  coached: async () => [],
  ask: async () => undefined,
  decide: async () => undefined,
  link: { open: async () => undefined, answer: async () => undefined },
}

/** Nobody is owed one; what comes of callbacks is tested with the real room. */
const noCallbacks: Pick<Callbacks, 'list' | 'show' | 'act' | 'message' | 'counts'> = {
  list: async () => ({ callbacks: [] }),
  show: async () => noCallback(),
  act: async () => noCallback(),
  message: async () => noCallback(),
  counts: async () => ({
    owed: 0,
    late: 0,
    toFind: 0,
    made: 0,
    kept: 0,
    missed: 0,
    told: 0,
    toldKept: 0,
    toldMissed: 0,
    reasons: {},
    ends: {},
  }),
}
const noCallback = (): never => {
  throw new Fault({ code: 'callback-unknown', place: 'id', found: 'none', expected: 'one' })
}

/** Nobody ever called; what plans are made of is tested with the real room. */
export const noPlanning: Planning = openPlanning({
  calls: { askedIn: async () => [], talksOfSeats: async () => [] },
  desk: { presence: async () => [], spells: async () => [] },
  names: async () => new Map(),
  city: exampleCity,
  clock: createManualClock(),
  log: silentLog,
  wrapUpSeconds: 0,
})

/** With nobody a step was taken. */
export const noLadder: Callers['ladder'] = {
  isRestricted: async () => false,
  of: async () => ({ steps: [] }),
  list: async () => ({ callers: [] }),
  take: async () => ({ steps: [] }),
  decide: async () => ({ steps: [] }),
  appeal: async () => ({ steps: [] }),
}

/** Nobody lost a point. */
export const noDeductions: Served['supervision']['deductions'] = {
  list: async () => [],
  propose: async () => undefined,
  decide: async () => undefined,
  appeal: async () => undefined,
  happened: async () => undefined,
  forget: async () => undefined,
  pointsIn: async () => new Map(),
  confirmedIn: async () => [],
}

/** Nothing was closed; what rankings are made of is tested with the real room. */
const noSupervision: Served['supervision'] = openSupervision({
  deductions: noDeductions,
  surveys: { mixes: async () => [], behind: async () => [], formula: ordinaryRules.rates },
  units: new Map(),
  rules: ordinaryScores,
  city: exampleCity,
  clock: createManualClock(),
})

/** None was written; what becomes of one is tested with the real room. */
const noBulletin = (id: string): never => {
  throw new Fault({ code: 'bulletin-unknown', place: 'id', found: id, expected: 'a bulletin' })
}
export const noBulletins: Served['bulletins'] = {
  list: async () => [],
  show: async id => noBulletin(id),
  begin: async () => noBulletin('new'),
  write: async id => noBulletin(id),
  publish: async id => noBulletin(id),
  decide: async id => noBulletin(id),
}

/** None is switched on; how one is asked is tested with the real room. */
const noAssistant = openAssistant({
  at: undefined,
  knowledge: noKnowledge,
  isOrderNumber: () => false,
  clock: createManualClock(),
  log: silentLog,
})

/** Nothing is being written down; how it is, is tested with the real room. */
export const noDrafts: Rooms['drafts'] = {
  allow: async () => undefined,
  list: async () => [],
  show: async id => noDraft(id),
  version: async id => noDraft(id),
  begin: async () => noDraft('new'),
  change: async id => noDraft(id),
  discard: async id => noDraft(id),
  files: { add: async id => noDraft(id), drop: async id => noDraft(id) },
  callsToday: async () => [],
  places: { search: () => [] },
  reader: { read: () => ({ proposals: [], emergencies: [] }) },
  kinds: { search: () => [], suggest: () => ({ isUnsure: true, found: [] }) },
}
/** Nothing was learnt. */
const noLearning: Rooms['learning'] = {
  ready: async () => undefined,
  list: async () => ({
    models: [],
    uses: [],
    next: { texts: 0, fresh: 0, held: 0, least: 50, bigKind: 20 },
  }),
  show: async version => noModel(version),
  use: async version => noModel(version),
}
const noModel = (version: number): never => {
  throw new Fault({ code: 'model-unknown', place: 'version', found: String(version), expected: 'a model' })
}
/** Nothing is in it. */
const emptyBook = createCatalogueBook({
  catalogue: {
    objects: new Map(),
    kinds: new Map(),
    units: new Map(),
    instead: {},
    former: new Map(),
    files: [],
    digest: '',
    standOf: () => undefined,
    placeOf: async () => '',
  },
  districts: [],
  rules: { units: new Map(), categories: new Map() },
})
/** Nothing was published; what becomes of it is tested with the real room. */
const noRecording = (id: string): never => {
  throw new Fault({
    code: 'recording-unknown',
    place: 'id',
    found: id,
    expected: 'the id of a recording',
  })
}
const noRecordings: Rooms['recordings'] = {
  list: async () => ({ recordings: [], isOn: false }),
  show: async id => noRecording(id),
  sound: async id => noRecording(id),
  note: async id => noRecording(id),
  unnote: async id => noRecording(id),
  review: async id => noRecording(id),
  answer: async id => noRecording(id),
}

const noEditions: Served['editions'] = {
  versions: async () => ({ folder: 'holds', versions: [] }),
  diff: async (from, to) => ({ from, to, changes: [] }),
  draft: async () => ({ revision: 0, files: [], changes: [], faults: [] }),
  edit: async ({ revision }) => ({ revision, files: [], changes: [], faults: [] }),
  discard: async () => undefined,
  publish: async () => ({ folder: 'holds', versions: [] }),
  use: async () => ({ folder: 'holds', versions: [] }),
  async written(code) {
    throw new Fault({ code: 'catalogue-kind-unknown', place: 'code', found: code, expected: 'a code' })
  },
}
const hoursOfFile = { subject: 'hours', file: './city.json', needsSecond: false, folder: 'holds' } as const
const noRules = { ...hoursOfFile, value: {}, versions: [] }
const noRuleDraft = { revision: 0, writers: [], text: '{}', value: {}, changes: [], faults: [] }
/** Nothing was published of the city's rules either. */
const noRulebook: Served['rulebook'] = {
  list: async () => ({ subjects: [hoursOfFile] }),
  history: async () => noRules,
  async version(_, number) {
    throw new Fault({
      code: 'rule-version-unknown',
      place: 'version',
      found: `${number}`,
      expected: 'a version',
    })
  },
  draft: async () => noRuleDraft,
  edit: async () => noRuleDraft,
  discard: async () => undefined,
  publish: async () => noRules,
  use: async () => noRules,
  needsSecond: () => false,
}
const noDraft = (id: string): never => {
  throw new Fault({ code: 'draft-unknown', place: 'id', found: id, expected: 'the id of a draft' })
}

/** Nobody to forget; how somebody is, is tested with the real one. */
const noRetention: Rooms['retention'] = {
  show: async () => ({ kinds: [], titles: {}, seatTranscripts: false, holds: [] }),
  export: async number => ({ number, madeAtMs: 0, holdings: [] }),
  forgettings: async () => [],
  async ask() {
    throw nobodyThere
  },
  async decide() {
    throw nobodyThere
  },
  async hold() {
    throw nobodyThere
  },
  async lift() {
    throw nobodyThere
  },
}
const nobodyThere = new Fault({
  code: 'forget-missing',
  place: 'number',
  found: 'nobody',
  expected: 'somebody',
})

const noLights = { green: 0, yellow: 0, red: 0 }

/** An order room without orders; how they are made and acted on is tested with the real one. */
export const noOrders: Rooms['orders'] = {
  forgetters: [],
  rules: await shippedRules(),
  figures: [],
  dispatching: {
    async units(number) {
      throw orderUnknown(number)
    },
    resolved: command => command,
    judgeBy: () => undefined,
    byRule: async days => ({ days, kinds: [] }),
    drafting: () => ({
      import: async ({ name }) => {
        throw orderUnknown(name)
      },
      table: async () => ({ head: [], rows: [] }),
      trial: async () => {
        throw orderUnknown('')
      },
    }),
  },
  list: async () => ({ lines: [] }),
  people: async () => ({ people: [] }),
  returns: {
    list: async () => ({ returns: [] }),
    figures: async () => ({
      all: { count: 0, decided: 0, upheld: 0, open: 0, lostMs: 0 },
      pairs: [],
      grounds: [],
    }),
    async *pages() {
      yield []
    },
  },
  closings: {
    foresee: async () => [],
    list: async () => ({ closings: [] }),
    figures: async () => ({
      all: { closed: 0, lacking: 0, told: 0, judged: 0, agreed: 0, judgedLacking: 0, missed: 0 },
      units: [],
    }),
  },
  questions: {
    open: async () => ({ state: 'over' }),
    reply: async () => ({ state: 'over' }),
    askPerson: async () => ({ state: 'over' }),
  },
  consultations: async () => [],
  async *pages() {
    yield []
  },
  counts: async () => ({
    running: 0,
    undispatched: 0,
    waiting: 0,
    returned: 0,
    silent: 0,
    helping: 0,
    copied: 0,
    toLook: 0,
    repeated: 0,
    yellow: 0,
    red: 0,
  }),
  supervising: {
    instructions: async () => ({ instructions: [] }),
    counts: async () => ({
      levels: { street: noLights, district: noLights, city: noLights },
      problems: 0,
      sites: 0,
      lateSites: 0,
    }),
    sites: async () => ({ sites: [] }),
  },
  kindName: () => undefined,
  together: { callersOf: async () => 1, of: async number => Promise.reject(orderUnknown(number)) },
  near: async () => ({ lines: [], own: [] }),
  async foresee() {
    throw orderUnknown('new')
  },
  async show(number) {
    throw orderUnknown(number)
  },
  async make() {
    throw orderUnknown('new')
  },
  async act(number) {
    throw orderUnknown(number)
  },
  contact: {
    async check(number) {
      throw orderUnknown(number)
    },
    async readBack(number) {
      throw orderUnknown(number)
    },
  },
  evidence: {
    mostBytes: () => 1024,
    ofDrafts: {
      mostPieces: () => 1,
      async *keep() {
        yield* []
      },
      drop: async () => undefined,
      erase: async () => undefined,
    },
    async add(number) {
      throw orderUnknown(number)
    },
    async open(number) {
      throw orderUnknown(number)
    },
  },
  erasure: {
    list: async () => [],
    async ask(number) {
      throw orderUnknown(number)
    },
    async decide(number) {
      throw orderUnknown(number)
    },
  },
}

/** Rooms of plain records: one call that is up, one seat, and lists of what they were asked. */
export function createRooms() {
  const asked: { queries: CallQuery[]; marks: unknown[]; dials: unknown[]; flowChanges: FlowChange[] } = {
    queries: [],
    flowChanges: [],
    marks: [],
    dials: [],
  }
  const seats = new Map<string, SeatView>([
    ['s1', { name: 's1', display: '一号坐席', number: 1, skills: [], state: 'away', sinceMs: 0 }],
  ])
  const change = (name: string, state: SeatView['state']) => {
    const seat = seats.get(name)
    if (!seat) throw seatUnknown(name)
    const changed = { ...seat, state }
    seats.set(name, changed)
    return changed
  }
  const rooms: Rooms = {
    calls: {
      async list(query) {
        asked.queries.push({ ...query, limit: query.limit - 1 })
        return [firstCall]
      },
      find: async id =>
        id === firstCall.id
          ? { call: firstCall, facts: [{ atMs: 7, fact: { kind: 'answered', codec: 'PCMA' } }] }
          : undefined,
    },
    captions: {
      show: async () => undefined,
      file: async () => undefined,
      open: async id => ({ code: '12345678', link: `/c/${id}`, live: `/c/${id}/live` }),
    },
    desk: {
      seats: () => [...seats.values()],
      at: () => undefined,
      addSeat({ name, display, skills = [], ...reached }) {
        if (seats.has(name)) {
          throw new Fault({ code: 'seat-exists', place: 'name', found: name, expected: 'a new name' })
        }
        const contact = 'contact' in reached ? reached.contact : undefined
        const added: SeatView = {
          name,
          display,
          number: seats.size + 1,
          skills,
          contact,
          state: 'away',
          sinceMs: 0,
        }
        seats.set(name, added)
        return added
      },
      changeSeat(name, { display, number, contact }) {
        const seat = seats.get(name)
        if (!seat) throw seatUnknown(name)
        const changed = {
          ...seat,
          display: display ?? seat.display,
          number: number ?? seat.number,
          contact: contact ?? seat.contact,
        }
        seats.set(name, changed)
        return changed
      },
      move: async () => undefined,
      setSkills(name, skills) {
        const seat = seats.get(name)
        if (!seat) throw seatUnknown(name)
        const changed = { ...seat, skills }
        seats.set(name, changed)
        return changed
      },
      removeSeat(name) {
        if (!seats.delete(name)) throw seatUnknown(name)
      },
      setReady: name => change(name, 'ready'),
      setAway: (name, reason) => ({ ...change(name, 'away'), reason }),
      signIn: name => change(name, 'away'),
      signOut: name => change(name, 'signed-out'),
      finishWrapUp: name => change(name, 'ready'),
      spells: async ({ from, until, seat = 's1' }) => [
        { seat, state: 'away', reason: 'meal', member: 'wang', fromMs: from, untilMs: until },
      ],
    },
    callers: {
      async mark(number, mark) {
        asked.marks.push({ number, ...mark })
      },
      ladder: noLadder,
    },
    async dial(wanted) {
      asked.dials.push(wanted)
      return { id: 'call_02' }
    },
    flows: {
      current: () => ({
        version: 'b4'.repeat(32),
        flows: new Map(),
        languages: new Map([['yue', readingOf('yue')]]),
        hints: [],
      }),
      proof: () => [],
      hints: () => [],
      refusal: () => undefined,
      use: async () => flowUse,
      list: async () => [flowVersion],
      version: async () => flowVersion,
      files: async () => [{ path: 'hotline.yaml', text: 'flow: hotline' }],
      diff: async () => [],
      async load(wanted) {
        asked.flowChanges.push(wanted)
        return flowUse
      },
      promote: async author => ({ ...flowUse, author }),
      rollback: async (author, to = 1) => ({
        ...flowUse,
        standing: { ...flowUse.standing, number: to },
        author,
      }),
    },
    callbacks: noCallbacks,
    recordings: noRecordings,
    floor: noFloor,
    crowd: { count: () => new Map() },
    staff: nobodyWorksHere,
    surveys: noSurveys,
    orders: noOrders,
    retention: noRetention,
    drafts: noDrafts,
    learning: noLearning,
    planning: noPlanning,
    supervision: noSupervision,
    bulletins: noBulletins,
    assistant: noAssistant,
    catalogueBook: emptyBook,
    editions: noEditions,
    rulebook: noRulebook,
    auditing: noAuditing,
    trail: noTrail,
    programs: noPrograms,
    keys: noKeys,
  }
  return { rooms, asked }
}

/** The same routes over rooms as the product has, some of them other ones. */
type Changes = Partial<
  Rooms &
    Pick<Web, 'health' | 'figures'> & {
      readonly incidents: typeof noIncidents
      readonly knowledge: ServedKnowledge
      readonly features: Served['features']
    }
>

export function createWeb(changes: Changes = {}) {
  const { rooms, asked } = createRooms()
  const {
    health,
    figures = [],
    incidents = noIncidents,
    knowledge = noKnowledge,
    features = [],
    ...others
  } = changes
  const all = { ...rooms, ...others }
  const city = exampleCity
  const web: Web = {
    city,
    faults,
    staff: all.staff,
    trail: all.trail,
    programs: all.programs,
    ...subjectsOf({
      ...all,
      incidents,
      knowledge,
      telling: noTelling,
      city,
      acts: all.floor.acts,
      timeZone: city.timeZone,
      features,
      shortNumbers: ['12345'],
      calendar: createCalendar(city),
      clock: createManualClock(),
    }),
    figures,
    health: health ?? (async () => [{ part: 'database', up: true, needed: false }]),
  }
  return { web, rooms, asked }
}

let still: ReturnType<typeof createHouse> | undefined
/** One house for all tests that change nothing in it: its routes take a tenth of a second, its document a quarter. */
export const stillHouse = () => {
  still ??= createHouse()
  return still
}

export async function createHouse(changes: Parameters<typeof createWeb>[0] = {}, log: Log = silentLog) {
  const { web, asked } = createWeb(changes)
  const clock = createManualClock()
  const app = await createApp({ apiToken, log, clock, ...web })
  return { app, asked, clock }
}
