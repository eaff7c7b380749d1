/** What the documents say is so: links lead somewhere, settings have these defaults, commands and pages exist. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSettings, type Settings } from '../src/settings/index.ts'
import { type } from './cli/terminal.ts'
import { mostPictureBytes, picturesDir } from './screenshots/pictures.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder)).flatMap(name => (name.endsWith('.md') ? [join(folder, name)] : []))

const readmes = ['README.md', 'README.zh-CN.md']
const operators = ['docs/operators.md', 'docs/zh-CN/operators.md']
const documents = [
  ...['.', 'docs', 'docs/zh-CN'].flatMap(markdownIn),
  'src/README.md',
  'sip-config/README.md',
  'twilio/README.md',
  'ivr-flows/prompts/README.md',
]

/** The rows of every table, cells trimmed. */
const rowsOf = (text: string) =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map(cell => cell.trim()))
const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

/** As GitHub makes it of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
const anchorsOf = (path: string) =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

describe('documents', () => {
  it('have no link that leads nowhere', () => {
    const broken = documents.flatMap(path =>
      [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter(link => !/^(https?|mailto):/.test(link))
        .filter(link => {
          const [file = '', anchor] = link.split('#')
          const target = file === '' ? path : normalize(join(dirname(path), file))
          if (!existsSync(join(root, target))) return true
          return anchor !== undefined && !anchorsOf(target).includes(decodeURIComponent(anchor))
        })
        .map(link => `${path}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  it('name files that there are', () => {
    // What changed once may be elsewhere, or gone, by now.
    const ofToday = documents.filter(path => path !== 'CHANGELOG.md')
    const named = ofToday.flatMap(path =>
      codeIn(read(path))
        .filter(code => /^(src|tests|docs|scripts|examples|ivr-flows)\/[\w./-]+\.\w+$/.test(code))
        .map(file => ({ path, file })),
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ file }) => !existsSync(join(root, file)))).toEqual([])
  })

  it('are there in both languages', () => {
    const names = (folder: string) => markdownIn(folder).map(path => path.slice(folder.length + 1))
    expect(names('docs/zh-CN')).toEqual(names('docs'))
  })

  it('show pictures that are small, and no picture that nobody sees', () => {
    const pictures = readdirSync(picturesDir)
    const heavy = pictures.filter(name => statSync(join(picturesDir, name)).size > mostPictureBytes)
    const shown = documents.map(read).join('\n')
    const unseen = pictures.filter(name => !shown.includes(`pictures/${name})`))
    expect({ heavy, unseen }).toEqual({ heavy: [], unseen: [] })
  })

  it('name commands and options that the terminal has', { timeout: 60_000 }, async () => {
    const lines = new Set(
      documents.flatMap(path =>
        [...read(path).matchAll(/npx jieting ([^`#\n]+)/g)].map(([, line = '']) => line.trim()),
      ),
    )
    expect(lines.size).toBeGreaterThan(20)
    const wrong: string[] = []
    for (const line of lines) {
      const words = /^[a-z]+(?: [a-z]+)?(?=\s|$)/.exec(line)?.[0].split(' ') ?? []
      const { out } = await type([...words, '--lang', 'en', '--help'])
      const [, usage = ''] = /Usage: jieting ([a-z ]*)/.exec(out) ?? []
      const isKnown = usage.trim() === words.join(' ') || (words.length === 2 && usage.trim() === words[0])
      const options = line.match(/--[a-z-]+/g) ?? []
      if (!isKnown || options.some(option => !out.includes(option))) wrong.push(line)
    }
    expect(wrong).toEqual([])
  })

  it('name figures that the hotline has', () => {
    const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .map(path => read(join('src', path)))
      .join('\n')
    // A part of a name that is put in stands for any.
    const figures = [...source.matchAll(/jieting_(?:[a-z_]|\$\{\w+\})+/g)].map(
      ([name]) => new RegExp(`^${name.replaceAll(/\$\{\w+\}/g, '[a-z_]+')}$`),
    )
    const named = operators.flatMap(path => codeIn(read(path)).filter(code => code.startsWith('jieting_')))
    expect(named.length).toBeGreaterThan(10)
    expect(
      named.filter(name => !figures.some(figure => figure.test(name) || figure.test(`${name}_bucket`))),
    ).toEqual([])
  })

  it('name commits that are in the history', () => {
    const git = (args: readonly string[], input = '') =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', input })
    if (!existsSync(join(root, '.git')) || git(['rev-parse', '--is-shallow-repository']).trim() === 'true')
      return
    const commits = ['docs/developers.md', 'docs/zh-CN/developers.md'].flatMap(path =>
      [...read(path).matchAll(/git show ([0-9a-f]{7,})/g)].map(([, commit = '']) => commit),
    )
    expect(commits.length).toBeGreaterThan(8)
    const kinds = git(['cat-file', '--batch-check=%(objecttype)'], commits.join('\n')).trimEnd().split('\n')
    expect(commits.filter((_, at) => kinds[at] !== 'commit')).toEqual([])
  })
})

describe.each(readmes)('%s', path => {
  it('fits on two screens, and names the commands that start and test', () => {
    expect(read(path).trimEnd().split('\n').length).toBeLessThanOrEqual(90)
    expect(read(path)).toMatch(/^ {4}npm ci && npm start\b/m)
    expect(read(path)).toMatch(/^ {4}npm ci && npm test\b/m)
  })

  it('has somebody who rings for the first time press what is there', () => {
    const words = readdirSync(join(root, 'src/web'), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .map(name => read(join('src/web', name)))
      .join('\n')
    const steps = [...read(path).matchAll(/^\d\. .*(?:\n {3}.*)*/gm)].join('\n')
    const named = [...steps.matchAll(/\*\*([^*]*\p{Script=Han}[^*]*)\*\*/gu)].map(([, word = '']) => word)
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter(word => !words.includes(word))).toEqual([])
  })

  it('lists the pages that there are', () => {
    const listed = rowsOf(read(path)).flatMap(([page = '']) => codeIn(page))
    // What is shown at a wrong address has none of its own.
    const built = readdirSync(join(root, 'src/web')).filter(
      name => name !== 'missing' && existsSync(join(root, 'src/web', name, 'index.html')),
    )
    const pages = built.map(name => (name === 'home' ? '/' : `/${name}`))
    expect(listed.toSorted()).toEqual(pages.toSorted())
  })
})

describe.each(operators)('%s', path => {
  const table = new Map(
    rowsOf(read(path)).flatMap(([name = '', value = '', meaning = '']) =>
      /^`[A-Z][A-Z\d_]+`$/.test(name) ? [[name.slice(1, -1), { value, meaning }] as const] : [],
    ),
  )
  const source = readdirSync(join(root, 'src/settings'), { encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => read(join('src/settings', name)))
    .join('\n')
  const settings = new Set(
    [...source.matchAll(/^ +([A-Z][A-Z\d]*(?:_[A-Z\d]+)+|SPEECH|RECOGNIZERS): /gm)].map(
      found => found[1] ?? '',
    ),
  )
  const defaults = readSettings({})

  it('has every setting, and none that is not', () => {
    expect([...table.keys()].toSorted()).toEqual([...settings].toSorted())
    expect(Object.keys(defaults).filter(name => !settings.has(name))).toEqual([])
    expect([...table].filter(([, { meaning }]) => meaning === '')).toEqual([])
  })

  it('gives each its default as the start reads it', () => {
    const wrong = [...table].filter(([name, { value }]) => {
      const [written] = codeIn(value)
      const real = defaults[name as keyof Settings]
      if (written === undefined) return !(real === undefined || (Array.isArray(real) && real.length === 0))
      return (
        JSON.stringify(readSettings({ [name]: written })[name as keyof Settings]) !== JSON.stringify(real)
      )
    })
    expect(wrong.map(([name, { value }]) => `${name} ${value}`)).toEqual([])
  })
})

describe('compose.yaml', () => {
  it('starts the product with settings that it has', () => {
    const { services } = parse(read('compose.yaml')) as {
      services: Record<
        string,
        { environment?: Record<string, string>; volumes?: string[]; image?: string; build?: string }
      >
    }
    expect(Object.keys(services)).toEqual(['jieting', 'database', 'drachtio'])
    const named = new Set(rowsOf(read('docs/operators.md')).flatMap(([name = '']) => codeIn(name)))
    expect(Object.keys(services.jieting?.environment ?? {}).filter(name => !named.has(name))).toEqual([])
    const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes)
    const files = mounted.map(volume => volume.split(':')[0] ?? '').filter(from => from.startsWith('./'))
    expect(files.filter(file => !existsSync(join(root, file)))).toEqual([])
    for (const { image, build } of Object.values(services)) expect(image ?? build).toBeTruthy()
  })
})
