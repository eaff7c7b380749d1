import '../captions/captions.css'
import './floor.css'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { ToFloorPage } from '../../http/contract.ts'
import { Figures } from '../design/figures.tsx'
import { showPage } from '../design/page.tsx'
import { NoticesForSupervisors } from '../house/notices.tsx'
import { type Signed, SignedIn } from '../sign-in/sign-in.tsx'
import { Calls } from './calls.tsx'
import { Card } from './card.tsx'
import { Day } from './day.tsx'
import { PlaceMap } from './place-map.tsx'
import { Seats } from './seats.tsx'
import { useActs } from './use-acts.ts'
import { useOwed } from './use-day.ts'
import { useFloor } from './use-floor.ts'
import { lastingWords, refusedWords, words } from './words.ts'

/** The queue, the seats, who talks to whom, where callers are, and what days came to. */
function FloorPage({ ask, member }: Signed) {
  const { floor, isLost } = useFloor(ask)
  const { act, refused } = useActs()
  return (
    <div className="board floor">
      {isLost && (
        <p className="trouble" role="alert">
          {words.lost}
        </p>
      )}
      {refused !== undefined && (
        <p className="trouble" role="alert">
          {refusedWords(refused)}
        </p>
      )}
      <NoticesForSupervisors />
      {floor ? (
        <>
          <Calling floor={floor} />
          <Now floor={floor} />
          <Tabs className="wide tabs">
            <TabList aria-label={words.parts} className="tab-list">
              <Tab id="calls" className="tab">{`${words.calls} ${floor.callsUp}`}</Tab>
              <Tab id="seats" className="tab">{`${words.seats} ${floor.seats.length}`}</Tab>
              <Tab id="map" className="tab">
                {words.map}
              </Tab>
              <Tab id="day" className="tab">
                {words.days}
              </Tab>
            </TabList>
            <TabPanel id="calls" className="board">
              <Calls floor={floor} act={act} />
            </TabPanel>
            <TabPanel id="seats" className="board">
              <Seats floor={floor} act={act} member={member} />
            </TabPanel>
            <TabPanel id="map" className="board">
              <Card name={words.map} wide>
                <PlaceMap places={floor.places} />
              </Card>
            </TabPanel>
            <TabPanel id="day" className="board">
              <Day today={floor.day} />
            </TabPanel>
          </Tabs>
        </>
      ) : (
        <p role="status">{words.connecting}</p>
      )}
    </div>
  )
}

/** Seats that ask for help, those whose network is lost, and callers whom their seat has lost. */
function Calling({ floor: { talks, unattended, seats, nowMs } }: { readonly floor: ToFloorPage }) {
  const nameOf = (seat: string) => seats.find(({ name }) => name === seat)?.display ?? seat
  const asked = talks.filter(({ helpSinceMs }) => helpSinceMs !== undefined)
  const away = talks.filter(({ awaySinceMs }) => awaySinceMs !== undefined)
  if (asked.length + away.length + unattended.length === 0) return null
  return (
    <ul className="trouble wide" role="alert">
      {asked.map(({ seat, helpSinceMs = nowMs }) => (
        <li key={seat}>{words.asksForHelp(nameOf(seat), lastingWords(nowMs - helpSinceMs))}</li>
      ))}
      {away.map(({ seat, awaySinceMs = nowMs }) => (
        <li key={seat}>{words.isAway(nameOf(seat), lastingWords(nowMs - awaySinceMs))}</li>
      ))}
      {unattended.map(({ call, seat, number }) => (
        <li key={call}>{words.unattended(nameOf(seat), number || words.withheld)}</li>
      ))}
    </ul>
  )
}

/** What burns stands first: who waits, whom we owe a call and are late with, and seats that take none though they should. */
function Now({ floor: { waiting, waitingSinceMs, seats, calls, nowMs } }: { readonly floor: ToFloorPage }) {
  const count = (...states: readonly string[]) => seats.filter(({ state }) => states.includes(state)).length
  const owed = useOwed()
  return (
    <Card name={words.now} wide>
      <Figures
        figures={[
          [words.waiting, waiting],
          [words.longest, waitingSinceMs === undefined ? words.none : lastingWords(nowMs - waitingSinceMs)],
          [words.callbacksLate, owed?.late ?? words.none],
          [words.setAside, count('set-aside', 'offline')],
          [words.callbacksOwed, owed?.owed ?? words.none],
          [words.ready, count('ready')],
          [words.talking, count('talking')],
          [words.wrapUp, count('wrap-up')],
          [words.paused, count('away')],
          [words.outgoingNow, calls.filter(({ direction }) => direction === 'out').length],
        ]}
      />
    </Card>
  )
}

showPage({ 'zh-CN': '话务监控', en: 'Floor' }, <SignedIn>{signed => <FloorPage {...signed} />}</SignedIn>)
