/** The constitution: which room may enter which, by which door, and what only one file may touch. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cliFaults } from '../src/cli/faults.ts'
import { faults, holdings, tables } from '../src/hall/rooms.ts'
import { httpFaults } from '../src/http/faults.ts'
import { refusalWords } from '../src/http/words/refusals.ts'
import { readSettings } from '../src/settings/index.ts'
import { keptKinds } from '../src/storage/index.ts'

/** A package that has one owner: a folder or a file under src (or a few), and nothing else imports it. */
const owners: Readonly<Record<string, string | readonly string[]>> = {
  'drachtio-srf': 'telephony/lines/sip',
  'sdp-transform': 'telephony/lines/sip',
  'jsonc-parser': 'foundation/json-file.ts',
  'libphonenumber-js': ['city/city.ts', 'telephony/numbers.ts'],
  twilio: 'telephony/lines/twilio/twilio.ts',
  'microsoft-cognitiveservices-speech-sdk': [
    'speech/azure.ts',
    'speech/recognizers/azure.ts',
    'speech/synthesizers/azure.ts',
  ],
  'sherpa-onnx-node': 'speech/recognizers/sherpa',
  '@echogarden/espeak-ng-emscripten': 'speech/synthesizers/espeak',
  '@alexanderolsen/libsamplerate-js': 'speech',
  '@electric-sql/pglite': ['storage/databases/pglite.ts', 'storage/databases/blank.ts'],
  pg: 'storage/databases/postgres.ts',
  'drizzle-orm': 'storage',
  'rtp.js': 'media',
  // Every room says by it what its rows, its settings and its requests look like.
  zod: '',
  diff: 'ivr/versions',
  yaml: 'ivr',
  'chinese-days': 'city/holidays.ts',
  'fastest-levenshtein': 'foundation/suggest.ts',
  'lru-cache': [
    'captions/passes.ts',
    'speech/shelf.ts',
    'staff/attempts.ts',
    'telephony/lines/twilio/line.ts',
    'telephony/shares.ts',
  ],
  'p-limit': ['cli/commands/flow-test.ts', 'speech/prompt-book.ts'],
  'pg-boss': 'jobs',
  '@node-rs/jieba': 'chinese/words.ts',
  'pinyin-pro': 'chinese/sound.ts',
  fflate: ['foundation/xlsx.ts', 'foundation/read-xlsx.ts'],
  saxen: 'foundation/read-xlsx.ts',
  'write-excel-file': 'knowledge/sheets/xlsx.ts',
  '@node-rs/argon2': 'staff/password.ts',
  'openid-client': 'staff/openid.ts',
  '@simplewebauthn/server': 'staff/factors/passkeys.ts',
  '@simplewebauthn/browser': 'web/sign-in',
  uqr: 'web/sign-in/factors.tsx',
  '@fastify/secure-session': 'http/sessions.ts',
  pino: 'foundation/log.ts',
  'prom-client': 'http',
  fastify: 'http',
  ai: 'assistant/models',
  '@ai-sdk/openai-compatible': 'assistant/models',
  '@fastify/helmet': 'http/app.ts',
  '@fastify/rate-limit': 'http/app.ts',
  '@fastify/swagger': 'http/docs.ts',
  'fastify-type-provider-zod': 'http',
  '@fastify/websocket': 'http/mounts.ts',
  '@fastify/static': 'http/pages.ts',
  '@fastify/multipart': 'http/uploads.ts',
  'file-type': 'orders/evidence.ts',
  react: 'web',
  'react-dom': 'web',
  '@tanstack/react-query': 'web',
  'react-aria-components': 'web',
  '@xyflow/react': 'web',
  echarts: 'web',
  vite: 'web/vite.config.ts',
  '@vitejs/plugin-react': 'web/vite.config.ts',
  commander: 'cli',
}

/** What is refused anywhere, and of which kind. */
const refused = [httpFaults, cliFaults, ...faults].flatMap(table => Object.entries<string>(table))
const kinds = new Map(refused)

/** Time and chance come from foundation; the 20 ms loop has its own clock, and a page runs in a browser. */
const mayTellTime = ['foundation/', 'media/worker/', 'web/']
const timeOrChance =
  /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bset(Timeout|Interval)\(|process\.hrtime/
const longestFile = 345

type Source = { readonly path: string; readonly text: string; readonly imports: readonly string[] }

const root = join(import.meta.dirname, '..', 'src')

/** As src/README.md draws them, each line with its floor. A cell is what stands between two blanks; sentences name no room. */
const drawn: readonly { readonly room: string; readonly floor: number }[] = (() => {
  const names = readdirSync(root)
  const lines = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^ {4,}(\d+) {2,}(\S.*)$/gm)
  return [...lines].flatMap(([, floor, line = '']) =>
    line
      .split(/ {2,}/)
      .filter(cell => names.includes(cell))
      .map(cell => ({ room: cell.replace(/\.ts$/, ''), floor: Number(floor) })),
  )
})()

const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
  .map(path => {
    const text = readFileSync(join(root, path), 'utf8')
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
      found => found[1] ?? '',
    )
    return { path: path.split(sep).join('/'), text, imports }
  })

/** The only file at the top is main.ts. */
const roomOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : 'main')
const floorOf = (room: string) => drawn.find(one => one.room === room)?.floor ?? -1
const targetOf = (source: Source, specifier: string) =>
  relative(root, normalize(join(root, dirname(source.path), specifier)))
    .split(sep)
    .join('/')

const neighbours = (source: Source) =>
  source.imports
    .filter(specifier => specifier.startsWith('.'))
    .map(specifier => targetOf(source, specifier))
    .filter(target => !target.startsWith('..'))

/**
 * What is open beside the doors: values of schemas to every `api.ts`, and to pages and the terminal the contract, what
 * a clock in the city shows, and the words that they say alike: a file a subject, so that a page carries its own.
 */
const isOpen = (source: Source, target: string) =>
  target === 'foundation/schema.ts' ||
  (['web', 'cli'].includes(roomOf(source.path)) &&
    (['http/contract.ts', 'city/place-time.ts'].includes(target) || target.startsWith('http/words/')))

const isOwner = (path: string, name: string) =>
  owners[name] === undefined || [owners[name]].flat().some(owner => path.startsWith(owner))

const packageOf = (specifier: string) =>
  specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : (specifier.split('/')[0] ?? specifier)

describe('the house', () => {
  it('reads some source, and every room has a floor', () => {
    expect(sources.length).toBeGreaterThan(5)
    const rooms = drawn.map(({ room }) => room)
    expect(new Set(drawn.map(({ floor }) => floor)).size).toBeGreaterThan(5)
    expect(rooms.toSorted()).toEqual([...new Set(rooms)].toSorted())
    expect(sources.filter(source => floorOf(roomOf(source.path)) < 0).map(source => source.path)).toEqual([])
  })

  it('has rooms that import only from lower floors', () => {
    const climbs = sources.flatMap(source =>
      neighbours(source)
        .filter(target => roomOf(target) !== roomOf(source.path))
        .filter(target => floorOf(roomOf(target)) >= floorOf(roomOf(source.path)))
        .map(target => `${source.path} -> ${target}`),
    )
    expect(climbs).toEqual([])
  })

  it('has rooms that enter each other only through the door', () => {
    const burglaries = sources.flatMap(source =>
      neighbours(source)
        .filter(target => roomOf(target) !== roomOf(source.path) && target.includes('/'))
        .filter(target => !/\/(index|api)\.ts$/.test(target) && roomOf(target) !== 'hall')
        .filter(target => !isOpen(source, target))
        .map(target => `${source.path} -> ${target}`),
    )
    expect(burglaries).toEqual([])
  })

  it('says to the outside what leans on nothing but shapes', () => {
    const leaning = sources
      .filter(({ path }) => path.endsWith('/api.ts'))
      .flatMap(source =>
        source.imports
          .filter(specifier => specifier !== 'zod' && !/\/api\.ts$|\/foundation\/schema\.ts$/.test(specifier))
          .map(specifier => `${source.path} -> ${specifier}`),
      )
    expect(leaning).toEqual([])
  })

  it('tells each story of the hall in a file of its own, and there are few', () => {
    const hall = sources.filter(({ path }) => roomOf(path) === 'hall' && path !== 'hall/faults.ts')
    const mayBeRead = ['hall/faults.ts', 'hall/parts.ts', 'hall/rooms.ts']
    const mayReadAll = ['hall/house.ts', 'hall/web.ts']
    const gossip = hall
      .filter(({ path }) => !mayReadAll.includes(path))
      .flatMap(source =>
        neighbours(source)
          .filter(target => roomOf(target) === 'hall' && !mayBeRead.includes(target))
          .map(target => `${source.path} -> ${target}`),
      )
    expect(gossip).toEqual([])
    expect(hall.length).toBeLessThanOrEqual(15)
  })

  it('lets a room come and go by few shared places: these, and its floor in the drawing', () => {
    const lists = ['hall/rooms.ts', 'http/subjects.ts', 'http/words/refusals.ts', 'settings/index.ts']
    const folders = (room: string) => [
      `${room}/`,
      `http/${room}/`,
      `http/words/${room}.ts`,
      `settings/${room}.ts`,
    ]
    const isIn = (path: string, room: string) => folders(room).some(folder => path.startsWith(folder))
    const namers = (room: string) =>
      sources
        .filter(({ path }) => !isIn(path, room) && !/^(web|cli)\//.test(path))
        .filter(source => neighbours(source).some(target => isIn(target, room)))
        .map(({ path }) => path)
        // What pages and the terminal read of it.
        .filter(path => path !== 'http/contract.ts')
    // A room that no other needs, and one with a story in the hall and a verb.
    expect(namers('planning').filter(path => !lists.includes(path))).toEqual([])
    expect(namers('incidents').filter(path => !lists.includes(path))).toEqual([
      'hall/flow-actions.ts',
      'ivr/told.ts',
    ])
    // One with a page and a command: every place outside what is its own that names it, and it leaves by these.
    const atTheTerminal = ['commands/plan.ts', 'messages/planning.ts']
    const own = [...folders('planning'), 'web/plan/', ...atTheTerminal.map(path => `cli/${path}`)]
    const drawing = { path: 'README.md', text: readFileSync(join(root, 'README.md'), 'utf8') }
    const naming = [...sources, drawing]
      .filter(({ path }) => !own.some(place => path.startsWith(place)))
      .filter(({ text }) => /planning|\/plan\b/i.test(text))
    expect(naming.map(({ path }) => path).toSorted()).toEqual([
      'README.md',
      'cli/commands/staff.ts',
      'hall/rooms.ts',
      'http/subjects.ts',
      'http/words/refusals.ts',
    ])
    // What every room says alike, it says itself, and only the lists gather it.
    const gathered = sources.filter(({ path, text }) => path !== 'hall/rooms.ts' && /\w+Brings\b/.test(text))
    expect(gathered.filter(({ path }) => !/^[a-z]+\/(brings|index)\.ts$/.test(path))).toEqual([])
    const brings = sources.filter(({ path }) => path.endsWith('/brings.ts')).map(({ path }) => roomOf(path))
    const withTables = sources.filter(({ text }) => /: readonly (Migration|Holding)\[\] = /.test(text))
    expect(
      withTables.map(({ path }) => roomOf(path)).filter(room => room !== 'hall' && !brings.includes(room)),
    ).toEqual([])
  })

  it('draws every table of its pages by one', () => {
    const byHand = sources.filter(({ path, text }) => path.startsWith('web/') && /<table\b/.test(text))
    expect(byHand.map(({ path }) => path)).toEqual(['web/design/table.tsx'])
  })

  it('gives every exported type a name of its own', () => {
    const places = new Map<string, string[]>()
    for (const { path, text } of sources)
      for (const [, name = ''] of text.matchAll(/^export (?:type|interface|class) (\w+)\b(?!\s*[,}])/gm))
        places.set(name, [...(places.get(name) ?? []), path])
    expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([])
  })

  it('has no cycle between files', () => {
    const edges = new Map(sources.map(source => [source.path, neighbours(source)]))
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      if (done.has(path) || trail.includes(path)) return
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
      done.add(path)
    }
    for (const source of sources) visit(source.path, [])
    expect(cycles).toEqual([])
  })

  it('keeps a third-party package in its one place', () => {
    const strays = sources.flatMap(source =>
      source.imports
        .filter(specifier => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .map(packageOf)
        .filter(name => !isOwner(source.path, name))
        .map(name => `${source.path} imports ${name}, which belongs to ${owners[name]}`),
    )
    expect(strays).toEqual([])
  })

  it('has an owner for every package that it depends on, and uses it', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(root, '..', 'package.json'), 'utf8'),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>
    const used = new Set(sources.flatMap(({ imports }) => imports).map(packageOf))
    const shipped = Object.keys({ ...dependencies, ...optionalDependencies })
    const pages = Object.keys(devDependencies ?? {}).filter(name => used.has(name))
    const idle = shipped.filter(name => !used.has(name))
    const ownerless = [...shipped, ...pages].filter(name => owners[name] === undefined)
    expect({ idle, ownerless }).toEqual({ idle: [], ownerless: [] })
  })

  it('takes time and chance from foundation only', () => {
    const strays = sources
      .filter(source => !mayTellTime.some(place => source.path.startsWith(place)))
      .filter(source => timeOrChance.test(source.text))
      .map(source => source.path)
    expect(strays).toEqual([])
  })

  it(`has no file over ${longestFile} lines, and no star barrel`, () => {
    const long = sources
      .filter(source => source.text.split('\n').length > longestFile)
      .map(source => source.path)
    const stars = sources.filter(source => /export \*/.test(source.text)).map(source => source.path)
    expect({ long, stars }).toEqual({ long: [], stars: [] })
  })

  // `custom` is zod's.
  it('knows the kind of every refusal, and one kind of each', () => {
    const twofold = refused.filter(([code, kind]) => kinds.get(code) !== kind).map(([code]) => code)
    const unknown = sources
      .filter(({ path }) => !path.startsWith('web/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\bcode: '([a-z-]+)'/g)].flatMap(([, code = '']) =>
          kinds.has(code) || code === 'custom' ? [] : [`${path} refuses by ${code}, which has no kind`],
        ),
      )
    // That each has a type, too, is what makes a code without a kind or a title not compile.
    const untyped = sources.filter(
      ({ text }) => /satisfies FaultKinds/.test(text) && !/interface RoomFaults \{/.test(text),
    )
    expect({ twofold, unknown, untyped: untyped.map(({ path }) => path) }).toEqual({
      twofold: [],
      unknown: [],
      untyped: ['foundation/faults.ts'],
    })
  })

  it('has words for people for whatever it refuses, and for nothing else', () => {
    const worded = new Set(Object.keys(refusalWords))
    expect({
      mute: [...kinds.keys()].filter(code => !worded.has(code)),
      idle: [...worded].filter(code => !kinds.has(code)),
    }).toEqual({ mute: [], idle: [] })
  })

  it('says why it refuses in one place: pages and the terminal read the same words', () => {
    const own = sources.filter(({ path, text }) => {
      const words = /^(web|cli)\//.test(path) && /const \w*(refusals|troubles|titles)\w*\b[^=]*Record<string/i
      return words ? words.test(text) : false
    })
    expect(own.map(({ path }) => path)).toEqual([])
    const said = sources.filter(({ text }) => text.includes('坐席此刻由另一台服务器负责'))
    expect(said.map(({ path }) => path)).toEqual(['http/words/refusals/calls.ts'])
  })

  it('spells its objects out: nothing is packed into a literal to be spread at once', () => {
    const packed = sources.filter(({ text }) => /\.\.\.\{/.test(text))
    expect(packed.map(({ path }) => path)).toEqual([])
  })

  it('says of every table what of a person is in it, and how long', () => {
    const made = (what: RegExp) =>
      tables.flatMap(({ sql }) => [...sql.matchAll(what)].map(([, name]) => name))
    const gone = made(/\bdrop table (\w+)/g)
    const there = [...made(/\bcreate table (?:if not exists )?(\w+)/g), 'migrations'].filter(
      name => !gone.includes(name),
    )
    const named = holdings.map(({ name }) => name)
    expect(there.length).toBeGreaterThan(40)
    expect({
      unsaid: there.filter(name => !named.includes(name ?? '')),
      twice: named.filter((name, at) => named.indexOf(name) !== at),
      unknown: named.filter(name => /^\w+$/.test(name) && !there.includes(name)),
    }).toEqual({ unsaid: [], twice: [], unknown: [] })
  })

  it('says of every file and folder of its data what of a person is in it', () => {
    const written = sources.flatMap(({ text }) =>
      [...text.matchAll(/join\((?:\w+\.)?(?:DATA_DIR|dataDir), '([^']+)'/g)].map(([, name]) => `/${name}`),
    )
    const named = holdings.map(({ name }) => name)
    expect(written).toContain('/recordings')
    expect(written.filter(name => !named.includes(name))).toEqual([])
  })

  it('has a period or an end for whatever holds somebody', () => {
    const personal = holdings.flatMap(one => ('what' in one ? [one] : []))
    const periods = personal.flatMap(({ kept }) => (typeof kept === 'string' ? [kept] : []))
    expect(keptKinds.filter(kind => !periods.includes(kind) && kind !== 'keys')).toEqual([])
  })

  it('carries into its image every folder that a setting names by default', () => {
    const dockerfile = readFileSync(join(import.meta.dirname, '..', 'Dockerfile'), 'utf8')
    const { DATA_DIR: _, ...named } = readSettings({})
    const folders = Object.values(named).flatMap(value =>
      typeof value === 'string' && value.startsWith('./') ? [value.slice(2)] : [],
    )
    expect(folders).toContain('ivr-flows')
    expect(folders.filter(folder => !dockerfile.includes(`COPY ${folder} ./${folder}\n`))).toEqual([])
  })
})
