import { Button } from 'react-aria-components'
import { Trouble } from '../design/trouble.tsx'
import { useKeys } from '../house/use-keys.ts'
import { besideWords as words } from './beside-words.ts'
import { type DecidedBeside, useDecided } from './use-decided.ts'
import { grouped } from './words.ts'

/** The order that was merged a moment ago is handled by itself again, by one key wherever the focus is. */
export function UndoMerge({
  merged,
  onDone,
}: {
  readonly merged: string
  readonly onDone: (decided: DecidedBeside) => void
}) {
  const { act, trouble } = useDecided(onDone)
  const undo = () => act(merged, { do: 'part' }, words.isParted(grouped(merged)))
  useKeys({ 'Shift+F8': undo })
  return (
    <div className="wide">
      <Button className="button small" aria-keyshortcuts="Shift+F8" onPress={undo}>
        {words.part} <kbd>Shift F8</kbd>
      </Button>
      <Trouble text={trouble} />
    </div>
  )
}
