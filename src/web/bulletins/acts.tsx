import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextArea, TextField } from 'react-aria-components'
import type { Bulletin, BulletinWords } from '../../supervision/bulletins/api.ts'
import { Trouble } from '../design/trouble.tsx'
import { language } from '../language.ts'
import type { Signed } from '../sign-in/sign-in.tsx'
import { useBulletinActs } from './use-bulletins.ts'
import { words } from './words.ts'

/** What may be done with a bulletin now: its words written, published, agreed to; printed and taken along by everybody. */
export function Acts({
  bulletin,
  member,
}: {
  readonly bulletin: Bulletin
  readonly member: Signed['member']
}) {
  const { id, state, revision } = bulletin
  const { write, publish, decide, trouble, isBusy } = useBulletinActs()
  const [written, setWritten] = useState(bulletin.words)
  const isSaved = Object.entries(written).every(
    ([name, text]) => bulletin.words[name as keyof BulletinWords] === text,
  )
  const save = (event: FormEvent) => {
    event.preventDefault()
    void write(id, { revision, words: written })
  }
  const isSupervisor = member.role === 'supervisor'
  return (
    <section className="card doing" aria-label={words.wording}>
      {isSupervisor && state === 'draft' && (
        <form onSubmit={save}>
          {(['title', 'opening', 'demands', 'signed'] as const).map(name => (
            <TextField
              key={name}
              value={written[name]}
              onChange={text => setWritten({ ...written, [name]: text })}
              maxLength={name === 'opening' || name === 'demands' ? 2000 : 120}
              isRequired={name === 'title'}
            >
              <Label>{words[name]}</Label>
              {name === 'opening' || name === 'demands' ? <TextArea rows={3} /> : <Input />}
            </TextField>
          ))}
          <Button className="button" type="submit" isDisabled={isBusy || isSaved}>
            {words.save}
          </Button>
        </form>
      )}
      {isSupervisor && state === 'waiting' && <p>{words.waits(bulletin.proposedBy ?? '')}</p>}
      <div className="moves">
        {isSupervisor && state === 'draft' && (
          <Button className="button main" isDisabled={isBusy || !isSaved} onPress={() => void publish(id)}>
            {words.publish}
          </Button>
        )}
        {isSupervisor && state === 'waiting' && (
          <>
            {bulletin.proposedBy !== member.name && (
              <Button className="button main" isDisabled={isBusy} onPress={() => void decide(id, true)}>
                {words.agree}
              </Button>
            )}
            {bulletin.proposedBy !== member.name && (
              <Button className="button" isDisabled={isBusy} onPress={() => void decide(id, false)}>
                {words.refuse}
              </Button>
            )}
          </>
        )}
        <Button className="button" onPress={() => print()}>
          {words.print}
        </Button>
        <a className="button" href={`/api/bulletins/${id}/xlsx?lang=${language}`} download>
          {words.xlsx}
        </a>
      </div>
      {isSupervisor && state === 'draft' && (
        <p className="quiet">{isSaved ? words.publishHint : words.unsaved}</p>
      )}
      <Trouble text={trouble} />
    </section>
  )
}
