import { useQuery } from '@tanstack/react-query'
import { LineView } from '../captions/line-view.tsx'
import { ask } from '../house/house.ts'
import { words } from './words.ts'

const everyMs = 1_500

/** What is said in a call, as it is said; nothing is switched on for it, and nothing can be typed. */
export function ReadCaptions({ call, onClose }: { readonly call: string; readonly onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['captions', call],
    queryFn: ({ signal }) => ask('GET /api/calls/{id}/captions', { path: { id: call } }, signal),
    refetchInterval: query => (query.state.data?.over ? false : everyMs),
  })
  return (
    <section className="reading" aria-label={words.captions}>
      <div className="named">
        <h3>
          {words.captions}
          {data?.over && ` · ${words.over}`}
        </h3>
        <button type="button" className="button small" onClick={onClose}>
          {words.close}
        </button>
      </div>
      {error && <p role="status">{words.noCaptions}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard (WCAG 2.1.1) */}
      <ol className="lines" aria-label={words.captions} tabIndex={0}>
        {data?.lines.map(line => (
          <LineView key={line.id} line={line} />
        ))}
      </ol>
    </section>
  )
}
