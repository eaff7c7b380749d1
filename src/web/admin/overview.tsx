import type { RuleStand } from '../../rulebook/api.ts'
import { cityTime } from '../city.ts'
import { useNames } from '../house/names.ts'
import { folderSaid, subjectNotes, subjectWords, words } from './words.ts'

/** Every subject, where what holds of it came from, and who changed it last. */
export const Rules = ({ subjects }: { readonly subjects: readonly RuleStand[] }) => (
  <section className="card" aria-labelledby="rules">
    <h2 id="rules">{words.rules}</h2>
    <ul className="subjects">
      {subjects.map(stand => (
        <li key={stand.subject}>
          <h3>
            <a href={`#${stand.subject}`}>{subjectWords[stand.subject]}</a>
          </h3>
          <p>{subjectNotes[stand.subject]}</p>
          <Stand stand={stand} />
        </li>
      ))}
    </ul>
  </section>
)

/** What holds, since when and by whom; what will; and whether somebody writes. */
export function Stand({ stand }: { readonly stand: RuleStand }) {
  const { holds, next, draft } = stand
  const nameOf = useNames()
  const isOfFile = holds === undefined || holds.because === 'loaded'
  return (
    <ul className="stand">
      <li>
        <strong>{words.holds}</strong>
        {': '}
        {isOfFile
          ? folderSaid(stand)
          : `${words.version(holds.version)} · ${words.since(cityTime(holds.fromMs, 'date'), nameOf(holds.author))}`}
      </li>
      {holds === undefined && <li className="quiet">{words.never}</li>}
      {!isOfFile && <li className="quiet">{folderSaid(stand)}</li>}
      {next && <li>{words.next(next.version, cityTime(next.fromMs, 'date'))}</li>}
      {draft && <li>{words.writing(nameOf(draft.author), cityTime(draft.changedAtMs, 'date'))}</li>}
    </ul>
  )
}

/** Who works here, where they sit, and what is switched on. */
export const People = () => (
  <section className="card" aria-labelledby="people">
    <h2 id="people">{words.people}</h2>
    <ul className="subjects">
      {[
        { place: 'staff', name: words.staff, what: words.staffLead },
        { place: 'seats', name: words.seats, what: words.seatsLead },
        { place: 'features', name: words.features, what: words.featuresLead },
      ].map(({ place, name, what }) => (
        <li key={place}>
          <h3>
            <a href={`#${place}`}>{name}</a>
          </h3>
          <p>{what}</p>
        </li>
      ))}
    </ul>
  </section>
)
