import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import type { RecordingShown } from '../../http/recordings/api.ts'
import type { NewQualityReview, QualityReview } from '../../recordings/api.ts'
import { cityTime } from '../city.ts'
import { useNames } from '../house/names.ts'
import { words } from './words.ts'

type Props = {
  readonly shown: RecordingShown
  readonly me: string
  /** Supervisors judge; who was judged answers. */
  readonly mayJudge: boolean
  readonly judge: (review: NewQualityReview) => Promise<boolean>
  readonly answer: (review: string, text: string) => Promise<boolean>
}

/** How the agents' parts were judged, by the city's sheets, and what they say to it. */
export function Quality({ shown, me, mayJudge, judge, answer }: Props) {
  const [isJudging, setJudging] = useState(false)
  return (
    <section className="card" aria-label={words.quality}>
      <h2>{words.quality}</h2>
      {shown.reviews.length === 0 && <p className="quiet">{words.noReviews}</p>}
      {shown.reviews.map(review => (
        <Judged key={review.id} review={review} isMine={review.seat === me} answer={answer} />
      ))}
      {mayJudge && shown.sheets.length > 0 && !isJudging && (
        <Button className="button" onPress={() => setJudging(true)}>
          {words.judge}
        </Button>
      )}
      {isJudging && (
        <Sheet
          shown={shown}
          judge={async review => {
            if (await judge(review)) setJudging(false)
          }}
        />
      )}
    </section>
  )
}

function Judged({
  review: { id, seat, sheet, marks, comment, points, by, madeAtMs, answer, answeredAtMs },
  isMine,
  answer: give,
}: {
  readonly review: QualityReview
  readonly isMine: boolean
  readonly answer: Props['answer']
}) {
  const called = useNames()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('answer') ?? '').trim()
    if (text !== '') void give(id, text)
  }
  return (
    <article className="review">
      <h3>{`${sheet.name} · ${called(seat)} · ${words.points(points)}`}</h3>
      <dl>
        {sheet.criteria.map(({ id: criterion, name, points: most }) => {
          const mark = marks.find(one => one.criterion === criterion)
          return (
            <div key={criterion}>
              <dt>{name}</dt>
              <dd>
                {`${mark?.points ?? 0} / ${most}`} {mark?.comment}
              </dd>
            </div>
          )
        })}
      </dl>
      {comment !== undefined && <p>{comment}</p>}
      <p className="quiet">{words.by(called(by), cityTime(madeAtMs))}</p>
      {answer !== undefined && answeredAtMs !== undefined && (
        <p>
          <strong>{words.answered(called(seat))}</strong> {answer}{' '}
          <span className="quiet">{cityTime(answeredAtMs)}</span>
        </p>
      )}
      {isMine && answer === undefined && (
        <form onSubmit={submit}>
          <label>
            {words.answer}
            <textarea name="answer" maxLength={2000} rows={3} required />
          </label>
          <Button className="button" type="submit">
            {words.send}
          </Button>
        </form>
      )}
    </article>
  )
}

function Sheet({
  shown: { sheets, seats },
  judge,
}: {
  readonly shown: RecordingShown
  readonly judge: (review: NewQualityReview) => void
}) {
  const called = useNames()
  const [chosen, setChosen] = useState(sheets[0]?.id)
  const sheet = sheets.find(({ id }) => id === chosen)
  const names = [...new Set(seats.map(({ seat }) => seat))]
  if (!sheet) return null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const textOf = (name: string) => String(given.get(name) ?? '').trim() || undefined
    judge({
      seat: textOf('seat') ?? '',
      sheet: sheet.id,
      marks: sheet.criteria.map(({ id }) => ({
        criterion: id,
        points: Number(given.get(`points-${id}`)),
        comment: textOf(`comment-${id}`),
      })),
      comment: textOf('comment'),
    })
  }
  return (
    <form className="sheet" onSubmit={submit}>
      <div className="row">
        <label>
          {words.sheet}
          <select value={chosen} onChange={event => setChosen(event.target.value)}>
            {sheets.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.whose}
          <select name="seat">
            {names.map(name => (
              <option key={name} value={name}>
                {called(name)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {sheet.criteria.map(({ id, name, what, points }) => (
        <fieldset key={id}>
          <legend>{`${name} · ${words.most(points)}`}</legend>
          {what !== undefined && <p className="quiet">{what}</p>}
          <label>
            {words.most(points)}
            <input name={`points-${id}`} type="number" min={0} max={points} required />
          </label>
          <label>
            {words.comment}
            <input name={`comment-${id}`} maxLength={500} autoComplete="off" />
          </label>
        </fieldset>
      ))}
      <label>
        {words.comment}
        <textarea name="comment" maxLength={2000} rows={3} />
      </label>
      <Button className="button main" type="submit">
        {words.save}
      </Button>
    </form>
  )
}
