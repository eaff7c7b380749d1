import { showPage } from '../design/page.tsx'
import { say } from '../language.ts'
import { Links, WayForStaff } from '../shell/links.tsx'
import { forCitizens } from '../shell/places.ts'

/** Where whoever follows a wrong address is, and where they can go. */
function Missing() {
  return (
    <>
      <p>
        {say({
          'zh-CN': '这里是 12345 热线，但没有这个地址：',
          en: 'This is the 12345 hotline, and nothing is at this address:',
        })}{' '}
        <strong className="address">{location.pathname}</strong>
      </p>
      <p>{say({ 'zh-CN': '请核对地址，或从下面选一处：', en: 'Check the address, or go on from here:' })}</p>
      <Links places={forCitizens} />
      <WayForStaff />
    </>
  )
}

showPage({ 'zh-CN': '没有这个页面', en: 'No such page' }, <Missing />)
