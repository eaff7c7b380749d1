import { useQuery } from '@tanstack/react-query'
import { featureStandWords, featureWords } from '../../http/words/features.ts'
import { Table } from '../design/table.tsx'
import { ask, reasonOf } from '../house/house.ts'
import { refusalOf } from '../house/refusal.ts'
import { say } from '../language.ts'
import { words } from './words.ts'

/** What is switched on, read off the settings of the last start: they are changed there. */
export function Features() {
  const { data, error } = useQuery({
    queryKey: ['features'],
    queryFn: ({ signal }) => ask('GET /api/features', {}, signal),
  })
  return (
    <section className="card" aria-labelledby="features">
      <h2 id="features">{words.features}</h2>
      <p className="quiet">{words.featuresNote}</p>
      {error && (
        <p className="trouble" role="alert">
          {refusalOf(reasonOf(error))}
        </p>
      )}
      {data && (
        <Table
          caption={words.features}
          head={words.featuresHead}
          narrow="cards"
          rows={data.features.map(({ name, isOn, setting, value }) => ({
            key: name,
            cells: [
              say(featureWords[name]),
              say(featureStandWords(isOn)),
              <code key="setting">{setting}</code>,
              value,
            ],
          }))}
        />
      )}
    </section>
  )
}
