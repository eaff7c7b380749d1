import { useCallback, useEffect, useRef, useState } from 'react'
import type { DraftField, DraftView } from '../../http/contract.ts'
import { ask, reasonOf, upload } from '../house/house.ts'
import { blankDraft, type DraftShown, decided, goneFrom, savedAs, toSave, typed } from './draft-shown.ts'

/** Typing is saved once it pauses, and never later than this after a letter. */
const pauseMs = 400
/** While the house does not answer. */
const againMs = 3_000

/** Whoever else writes in it is heard of within this time. */
const lookMs = 8_000
/** This page, for as long as it is open. */
const page = crypto.getRandomValues(new Uint32Array(3)).join('-')

/** `gone`: it was sent or given up on another page. */
export type DraftState = 'reading' | 'blank' | 'saving' | 'saved' | 'lost' | 'gone'

/**
 * What is written for a call, or for somebody who did not ring, kept by the house as it is typed.
 * @param call the hook is made anew for each, by a key
 */
export function useDraft(call: string | undefined) {
  const [shown, setShown] = useState<DraftShown>(blankDraft)
  const [state, setState] = useState<DraftState>('reading')
  const latest = useRef(shown)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saving = useRef<Promise<void>>(undefined)
  const isGone = useRef(false)
  const put = useCallback((next: DraftShown) => {
    latest.current = next
    setShown(next)
  }, [])

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current)
    timer.current = undefined
    if (saving.current) return saving.current
    const fields = toSave(latest.current)
    const { id, seq, settled } = latest.current
    if (Object.keys(fields).length === 0 && settled.size === 0) return
    setState('saving')
    const asked =
      id === undefined
        ? ask('POST /api/drafts', { body: { call, fields, page } })
        : ask('POST /api/drafts/{id}/change', {
            path: { id },
            body: { seq, fields, page, settled: [...settled] },
          })
    saving.current = asked
      .then(answer => {
        put(savedAs(latest.current, fields, answer, page))
        setState('saved')
      })
      .catch((error: unknown) => {
        // Somebody else sent it or gave it up: what is written here is the beginning of another.
        if (reasonOf(error) === 'draft-over') put(goneFrom(latest.current))
        setState('lost')
        timer.current ??= setTimeout(() => void save(), againMs)
      })
      .finally(() => {
        saving.current = undefined
      })
    await saving.current
    if (timer.current === undefined && Object.keys(toSave(latest.current)).length > 0) return save()
  }, [call, put])

  useEffect(() => {
    let isOver = false
    const read = async () => {
      const { drafts } = await ask('GET /api/drafts', { query: { call } })
      const draft = drafts.find(one => one.call === call)
      if (isOver) return
      if (draft) put(savedAs(latest.current, {}, { draft, refused: [] }, page))
      setState(draft ? 'saved' : 'blank')
      if (Object.keys(toSave(latest.current)).length > 0) void save()
    }
    let again: ReturnType<typeof setTimeout> | undefined
    const reading = () =>
      void read().catch(() => {
        if (isOver) return
        setState('lost')
        again = setTimeout(reading, againMs)
      })
    reading()
    // The last letters before a page is closed or loaded anew do not wait for a pause.
    const leaving = () => void save()
    addEventListener('pagehide', leaving)
    return () => {
      isOver = true
      removeEventListener('pagehide', leaving)
      clearTimeout(again)
      // Whoever goes on to another caller has written this one down.
      if (!isGone.current) void save()
    }
  }, [call, put, save])

  // Somebody else, or another page, may write in it: this one asks whether the house has more than it.
  useEffect(() => {
    const look = async () => {
      const { id } = latest.current
      if (id === undefined || saving.current || document.visibilityState === 'hidden') return
      const { seq } = await ask('GET /api/drafts/{id}/version', { path: { id } })
      if (seq <= latest.current.seq || saving.current) return
      const draft = await ask('GET /api/drafts/{id}', { path: { id } })
      if (latest.current.id === id && draft.seq > latest.current.seq && !saving.current)
        put(savedAs(latest.current, {}, { draft, refused: [] }, page))
    }
    const timer = setInterval(() => {
      const { id } = latest.current
      look().catch((error: unknown) => {
        if (reasonOf(error) !== 'draft-over' || latest.current.id !== id) return
        put(goneFrom(latest.current))
        setState('gone')
      })
    }, lookMs)
    return () => clearInterval(timer)
  }, [put])

  /** @returns whether the house took it, else why not, by its code */
  async function changeFiles(change: (id: string) => Promise<DraftView>): Promise<string | undefined> {
    try {
      await save()
      const begun = latest.current.id
      const id = begun ?? (await beginBlank())
      put(savedAs(latest.current, {}, { draft: await change(id), refused: [] }, page))
      setState('saved')
      return undefined
    } catch (error) {
      return reasonOf(error)
    }
  }
  /** A file may come before the first letter. */
  async function beginBlank(): Promise<string> {
    const answer = await ask('POST /api/drafts', { body: { call, fields: {}, page } })
    put(savedAs(latest.current, {}, answer, page))
    return answer.draft.id
  }

  const set = (name: DraftField, text: string) => {
    put(typed(latest.current, name, text))
    if (state === 'reading') return
    timer.current ??= setTimeout(() => void save(), pauseMs)
  }
  return {
    shown,
    state,
    set,
    save,
    attach: (file: File) => changeFiles(id => upload(`/api/drafts/${encodeURIComponent(id)}/files`, file)),
    detach: (hash: string) =>
      changeFiles(id => ask('DELETE /api/drafts/{id}/files/{hash}', { path: { id, hash } })),
    decide(name: DraftField, whose: 'mine' | 'theirs') {
      put(decided(latest.current, name, whose))
      void save()
    },
    /** It became an order, or is given up: what stands in the form is over, too. */
    over() {
      clearTimeout(timer.current)
      timer.current = undefined
      put(blankDraft)
      setState('blank')
    },
    async discard() {
      await saving.current
      const { id } = latest.current
      if (id !== undefined) await ask('DELETE /api/drafts/{id}', { path: { id } }).catch(() => undefined)
      this.over()
    },
  }
}
export type DraftForm = ReturnType<typeof useDraft>
