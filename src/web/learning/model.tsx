import { Table } from '../design/table.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useModel } from './use-learning.ts'
import { stateWords, words } from './words.ts'

/** A model by kind, beside what was in use then: why it was refused, and what it takes for what. */
export function ModelFigures({ version }: { readonly version: number }) {
  const { model, trouble } = useModel(version)
  const title = words.figuresOf(words.version(version))
  return (
    <>
      <section className="card wide" aria-labelledby="figures">
        <h2 id="figures">
          {title}
          {model && words.state(stateWords[model.state])}
        </h2>
        <Trouble text={trouble} />
        {!model && trouble === undefined && <p role="status">{words.asking}</p>}
        {model && model.worse.length > 0 && (
          <>
            <h3>{words.worse}</h3>
            <ul>
              {model.worse.map(({ kind, of, before, after }) => (
                <li key={`${kind} ${of}`}>{words.worseOne(kind, of, before, after)}</li>
              ))}
            </ul>
          </>
        )}
        {model && (
          <>
            <p className="quiet">{words.fewTexts}</p>
            <Table
              caption={title}
              head={[
                words.kind,
                words.size,
                { figures: words.head.tried },
                { figures: words.head.first },
                { figures: words.head.three },
              ]}
              rows={model.figures.kinds.map(({ kind, isBig, texts, before, after }) => ({
                key: kind,
                cells: [
                  kind,
                  isBig ? words.big : '',
                  texts,
                  words.change(before.first, after.first, texts),
                  words.change(before.firstThree, after.firstThree, texts),
                ],
                marks: {
                  'data-worse': isBig && (after.first < before.first || after.firstThree < before.firstThree),
                },
              }))}
              narrow="cards"
            />
          </>
        )}
      </section>
      {model && (
        <section className="card wide" aria-labelledby="confusion">
          <h2 id="confusion">{words.confusion}</h2>
          <Table
            caption={words.confusion}
            head={[words.label, words.taken, { figures: words.times }]}
            none={words.allRight}
            rows={model.figures.confusion.map(({ label, taken, times }) => ({
              key: `${label} ${taken}`,
              cells: [label, taken || '—', times],
            }))}
          />
        </section>
      )}
    </>
  )
}
