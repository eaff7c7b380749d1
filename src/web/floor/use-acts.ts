import { useMutation } from '@tanstack/react-query'
import type { BreakReason, Supervising } from '../../http/contract.ts'
import { ask, reasonOf } from '../house/house.ts'

export type FloorAct =
  /** To the head of the queue, or to a seat. */
  | { readonly kind: 'move'; readonly call: string; readonly seat?: string }
  | { readonly kind: 'break'; readonly seat: string; readonly reason: BreakReason }
  | { readonly kind: 'ready'; readonly seat: string }
  /** From the supervisor's own seat. */
  | { readonly kind: 'supervise'; readonly seat: string; readonly how: Supervising }
  | { readonly kind: 'take-over'; readonly seat: string }
  | { readonly kind: 'skills'; readonly seat: string; readonly skills: readonly string[] }
  /** A fixed address of its phone. */
  | { readonly kind: 'address'; readonly seat: string; readonly contact: string }

/** What a supervisor does to a caller or a seat; the floor itself tells what became of it. */
export function useActs() {
  const done = useMutation<unknown, Error, FloorAct>({ mutationFn: perform })
  return { act: done.mutate, refused: done.error ? reasonOf(done.error) : undefined }
}

function perform(act: FloorAct) {
  switch (act.kind) {
    case 'move':
      return ask('POST /api/floor/queue/{call}/move', { path: { call: act.call }, body: { seat: act.seat } })
    case 'break':
      return ask('POST /api/seats/{name}/away', { path: { name: act.seat }, body: { reason: act.reason } })
    case 'ready':
      return ask('POST /api/seats/{name}/ready', { path: { name: act.seat } })
    case 'supervise':
      return ask('POST /api/floor/seats/{name}/supervise', {
        path: { name: act.seat },
        body: { how: act.how },
      })
    case 'take-over':
      return ask('POST /api/floor/seats/{name}/take-over', { path: { name: act.seat } })
    case 'address':
      return ask('POST /api/seats/{name}/change', {
        path: { name: act.seat },
        body: { contact: act.contact },
      })
    case 'skills':
      return ask('POST /api/seats/{name}/skills', { path: { name: act.seat }, body: { skills: act.skills } })
  }
}
