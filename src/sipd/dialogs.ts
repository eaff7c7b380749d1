import type { Dialog } from './dialog.ts'
import type { Essentials } from './essentials.ts'

/** Every dialog that is alive, and whom it belongs to. */
export type Dialogs<Owner> = {
  add(dialog: Dialog, owner: Owner): void
  remove(dialog: Dialog): void
  /** The dialog of a request from the network. */
  ofRequest(ids: Essentials): Dialog | undefined
  byId(id: string): Dialog | undefined
  ownerOf(dialog: Dialog): Owner | undefined
  /** An app has gone: its dialogs are forgotten, so that what comes for them is answered 481. */
  forget(owner: Owner): void
  readonly size: number
}

/** @param removed told of each dialog that has ended, whoever ended it. */
export function createDialogs<Owner>(removed: (dialog: Dialog) => void): Dialogs<Owner> {
  const byTag = new Map<string, Dialog>()
  const byId = new Map<string, Dialog>()
  const owners = new Map<Dialog, Owner>()

  const dialogs: Dialogs<Owner> = {
    add(dialog, owner) {
      byTag.set(tagKey(dialog.callId, dialog.localTag), dialog)
      byId.set(dialog.id, dialog)
      owners.set(dialog, owner)
    },
    remove(dialog) {
      const key = tagKey(dialog.callId, dialog.localTag)
      if (byTag.get(key) === dialog) byTag.delete(key)
      if (byId.get(dialog.id) === dialog) byId.delete(dialog.id)
      if (owners.delete(dialog)) removed(dialog)
    },
    ofRequest(ids) {
      const dialog = byTag.get(tagKey(ids.callId, ids.toTag ?? ''))
      if (!dialog || dialog.remoteTag === undefined) return dialog
      return dialog.remoteTag === (ids.fromTag ?? '') ? dialog : undefined
    },
    byId: id => byId.get(id),
    ownerOf: dialog => owners.get(dialog),
    forget(owner) {
      for (const [dialog, its] of [...owners]) if (its === owner) dialogs.remove(dialog)
    },
    get size() {
      return owners.size
    },
  }
  return dialogs
}

function tagKey(callId: string, localTag: string): string {
  return `${callId} ${localTag}`
}
