import { Button, FileTrigger } from 'react-aria-components'
import { useRules } from '../orders/use-orders.ts'
import { orderWords as words } from './order-words.ts'

/** Pictures and papers that the citizen sent: chosen here, and sent with the order, since an order's files lie with it. */
export function Attachments({
  files,
  set,
}: {
  readonly files: readonly File[]
  readonly set: (files: readonly File[]) => void
}) {
  const rules = useRules()
  return (
    <div className="cell wide attachments">
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={rules?.evidence.types}
        onSelect={list => set([...files, ...(list ?? [])].slice(0, rules?.evidence.mostPieces ?? 10))}
      >
        <Button className="button small">{words.attach}</Button>
      </FileTrigger>
      {files.length > 0 && (
        <ul>
          {files.map((file, at) => (
            <li key={`${file.name}|${file.size}|${file.lastModified}`}>
              {file.name}{' '}
              <Button
                className="quote"
                aria-label={words.detach(file.name)}
                onPress={() => set(files.filter((_, other) => other !== at))}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
