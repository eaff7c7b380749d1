import { type Clock, FaultList, type Log } from '../foundation/index.ts'
import { type Database, type Queries, sql } from '../storage/index.ts'
import type {
  RuleDraftShown,
  RuleEdit,
  RuleHistory,
  RuleList,
  RulePublish,
  RuleStand,
  RuleSubjectName,
  RuleVersionShown,
} from './api.ts'
import { fault } from './faults.ts'
import { followRules, usesChannel } from './following.ts'
import { alone, moved, noDraft, sameRevision } from './refusals.ts'
import { changesIn, draftNamed, useShown, versionShown } from './shown.ts'
import {
  deleteDraft,
  insertUse,
  insertVersion,
  putDraft,
  selectDecided,
  selectDraft,
  selectDrafts,
  selectHolding,
  selectVersion,
  selectVersions,
} from './store.ts'
import type { RuleSubject } from './subject.ts'
import type { RuleDraft, RuleUse } from './version.ts'

/** The city's rules and their versions. A change that fails leaves the rules in force as they are. */
export type Rulebook = {
  list(): Promise<RuleList>
  history(subject: RuleSubjectName): Promise<RuleHistory>
  /** @throws Fault `rule-version-unknown` */
  version(subject: RuleSubjectName, number: number): Promise<RuleVersionShown>
  draft(subject: RuleSubjectName): Promise<RuleDraftShown>
  /** @throws Fault `rule-draft-changed` */
  edit(subject: RuleSubjectName, change: RuleEdit, author: string): Promise<RuleDraftShown>
  /** @throws Fault `rule-draft-missing` */
  discard(subject: RuleSubjectName): Promise<void>
  /** @throws FaultList with every fault; Fault `rule-draft-missing`, `-draft-changed`, `-moved`, `-same`, `-from-past`, `-alone` */
  publish(subject: RuleSubjectName, change: RulePublish, author: string): Promise<RuleHistory>
  /** Puts a published version in force again. @throws Fault `rule-version-unknown`, `-from-past`, `-alone`; FaultList */
  use(
    subject: RuleSubjectName,
    number: number,
    fromMs: number | undefined,
    author: string,
  ): Promise<RuleHistory>
  /** Whether the publisher must be another person than the writers. */
  needsSecond(subject: RuleSubjectName): boolean
  close(): Promise<void>
}

export type RulebookOptions = {
  readonly subjects: readonly RuleSubject[]
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}

/** Advisory lock, an arbitrary number, held while rules or drafts change. */
const lockKey = 12345_022
const mostListed = 200

export async function openRulebook(options: RulebookOptions): Promise<Rulebook> {
  const { subjects, database, clock } = options
  const following = await followRules(options)

  const now = () => new Date(clock.now())
  const change = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    database.transaction(async queries => {
      await queries.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
      return work(queries)
    })
  const subjectNamed = (name: RuleSubjectName): RuleSubject => {
    const subject = subjects.find(one => one.name === name)
    if (subject) return subject
    throw new Error(`no rules of ${name} are read by this house`)
  }

  const versionNamed = async (queries: Queries, { name }: RuleSubject, number: number) => {
    const version = await selectVersion(queries, name, number)
    if (version) return version
    const expected = 'the number of a version that is listed'
    throw fault('rule-version-unknown', 'version', String(number), expected)
  }

  /** The last decision, with which a new draft begins. */
  const decidedOf = async (queries: Queries, { name }: RuleSubject): Promise<RuleUse | undefined> =>
    (await selectDecided(queries)).find(({ subject }) => subject === name)
  const textOf = async (queries: Queries, subject: RuleSubject, base: number | undefined): Promise<string> =>
    base === undefined ? subject.text : (await versionNamed(queries, subject, base)).text

  /** When new rules take effect; at once by default. */
  function beginOf(fromMs: number | undefined): Date {
    if (fromMs === undefined) return now()
    if (fromMs > clock.now()) return new Date(fromMs)
    throw fault('rule-from-past', 'body.fromMs', 'a time that is over', 'one that is to come, or none')
  }

  async function stands(): Promise<readonly RuleStand[]> {
    const [holding, decided, drafts] = await Promise.all([
      selectHolding(database, now()),
      selectDecided(database),
      selectDrafts(database),
    ])
    return Promise.all(
      subjects.map(async subject => {
        const isOf = (one: { readonly subject: string }) => one.subject === subject.name
        const [holds, last, draft] = [holding.find(isOf), decided.find(isOf), drafts.find(isOf)]
        return {
          subject: subject.name,
          file: subject.file,
          needsSecond: subject.needsSecond,
          holds: holds && useShown(holds),
          next: last && last.id !== holds?.id ? useShown(last) : undefined,
          folder: await folderOf(subject, holds),
          draft: draft && draftNamed(draft),
        }
      }),
    )
  }

  /** Compares the file with the rules in force. Once something was published, changes in the file must be imported. */
  async function folderOf(subject: RuleSubject, holds: RuleUse | undefined): Promise<RuleStand['folder']> {
    if (holds === undefined) return 'holds'
    const versions = await selectVersions(database, subject.name, mostListed)
    const same = versions.filter(({ text }) => text === subject.text)
    if (same.some(({ number }) => number === holds.version)) return 'holds'
    return same.length > 0 ? 'known' : 'other'
  }

  async function history(name: RuleSubjectName): Promise<RuleHistory> {
    const subject = subjectNamed(name)
    const stand = (await stands()).find(one => one.subject === name)
    if (!stand) throw new Error(`no stand of ${name}`)
    const [versions, text] = await Promise.all([
      selectVersions(database, name, mostListed),
      textOf(database, subject, stand.holds?.version),
    ])
    return { ...stand, value: JSON.parse(text), versions: versions.map(versionShown) }
  }

  /** Every fault in a text, and its normalized form. */
  async function readOf(subject: RuleSubject, text: string, before: string, from: Date) {
    try {
      const read = subject.read(text)
      return { read, faults: await subject.guard(read, before, from.getTime()) }
    } catch (error) {
      if (error instanceof FaultList) return { faults: error.faults }
      throw error
    }
  }

  async function shownOf(subject: RuleSubject, draft: RuleDraft): Promise<RuleDraftShown> {
    const before = await textOf(database, subject, draft.base)
    const { read, faults } = await readOf(subject, draft.text, before, now())
    return {
      ...draftNamed(draft),
      base: draft.base,
      writers: draft.writers,
      text: draft.text,
      value: read === undefined ? undefined : JSON.parse(read),
      changes: read === undefined ? [] : changesIn(before, read),
      faults: faults.map(({ place, found, expected }) => ({ place, found, expected })),
    }
  }

  return {
    list: async () => ({ subjects: await stands() }),
    history,
    needsSecond: name => subjectNamed(name).needsSecond,
    async version(name, number) {
      const subject = subjectNamed(name)
      const version = await versionNamed(database, subject, number)
      const before =
        version.parent === undefined ? version.text : await textOf(database, subject, version.parent)
      return { ...versionShown(version), text: version.text, changes: changesIn(before, version.text) }
    },
    async draft(name) {
      const subject = subjectNamed(name)
      const draft = await selectDraft(database, name)
      if (draft) return shownOf(subject, draft)
      const base = (await decidedOf(database, subject))?.version
      const text = await textOf(database, subject, base)
      return { revision: 0, base, writers: [], text, value: JSON.parse(text), changes: [], faults: [] }
    },
    async edit(name, { revision, text }, author) {
      const subject = subjectNamed(name)
      const draft = await change(async queries => {
        const seen = await selectDraft(queries, name)
        sameRevision(seen, revision)
        const next: RuleDraft = {
          subject: name,
          base: seen ? seen.base : (await decidedOf(queries, subject))?.version,
          revision: revision + 1,
          text: text.replace(/^\uFEFF/, ''),
          writers: [...(seen?.writers ?? []).filter(one => one !== author), author],
          changedAt: now(),
        }
        await putDraft(queries, next)
        return next
      })
      return shownOf(subject, draft)
    },
    async discard(name) {
      if ((await change(queries => deleteDraft(queries, name))) === 0) throw noDraft()
    },
    async publish(name, { revision, note, fromMs }, author) {
      const subject = subjectNamed(name)
      const seen = await selectDraft(database, name)
      if (!seen) throw noDraft()
      sameRevision(seen, revision)
      if (subject.needsSecond && seen.writers.includes(author)) throw alone('who wrote in the draft')
      const from = beginOf(fromMs)
      const before = await textOf(database, subject, seen.base)
      const { read, faults } = await readOf(subject, seen.text, before, from)
      if (read === undefined || faults.length > 0) throw new FaultList(faults)
      if (read === before) throw fault('rule-same', 'draft', 'nothing that is another', 'a change')
      await change(async queries => {
        sameRevision(await selectDraft(queries, name), revision)
        const decided = await decidedOf(queries, subject)
        if (decided?.version !== seen.base) throw moved(decided)
        const at = now()
        const parent = seen.base ?? (await keepFile(queries, subject, at))
        const version = { text: read, way: 'draft', author, note, madeAt: at, parent } as const
        const number = await insertVersion(queries, name, version)
        const use = { subject: name, version: number, fromAt: from, author, decidedAt: at }
        await insertUse(queries, { ...use, because: 'published' })
        await deleteDraft(queries, name)
        await queries.notify(usesChannel, '')
      })
      await following.look()
      return history(name)
    },
    async use(name, number, fromMs, author) {
      const subject = subjectNamed(name)
      if (subject.needsSecond && !subject.backAlone) throw alone('one person who decides by themselves')
      const from = beginOf(fromMs)
      const { text } = await versionNamed(database, subject, number)
      await change(async queries => {
        const before = await textOf(queries, subject, (await decidedOf(queries, subject))?.version)
        // It was checked when it was published, but this build must be able to read it, and it must still be valid today.
        const { faults } = await readOf(subject, text, before, from)
        if (faults.length > 0) throw new FaultList(faults)
        const use = { subject: name, version: number, fromAt: from, author, decidedAt: now() }
        await insertUse(queries, { ...use, because: 'used' })
        await queries.notify(usesChannel, '')
      })
      await following.look()
      return history(name)
    },
    close: following.close,
  }
}

/** Makes the file's rules the first version, so that one can return to them. */
async function keepFile(queries: Queries, { name, file, text }: RuleSubject, at: Date): Promise<number> {
  const version = { text, way: 'file', author: file, note: '', madeAt: at, parent: undefined } as const
  const number = await insertVersion(queries, name, version)
  const use = { subject: name, version: number, fromAt: at, author: file, decidedAt: at }
  await insertUse(queries, { ...use, because: 'loaded' })
  return number
}
