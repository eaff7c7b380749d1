import { say } from '../language.ts'

/** Where a code that was read out is entered. It leads to a page of its own, so that a reload stays with the call. */
export function CodeForm() {
  const enter = (form: FormData) => {
    const code = String(form.get('code') ?? '').replaceAll(/\D/g, '')
    if (code !== '') location.assign(`/c/${code}`)
  }
  return (
    <form className="code" action={enter}>
      <label htmlFor="code">
        {say({ 'zh-CN': '请输入电话里念的八位字幕码', en: 'Enter the eight digits that were read to you' })}
      </label>
      <input
        id="code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]{8,10}"
        maxLength={10}
        required
        title={say({ 'zh-CN': '八位数字', en: 'eight digits' })}
      />
      <button type="submit" className="button main">
        {say({ 'zh-CN': '看字幕', en: 'Show captions' })}
      </button>
      <p className="quiet">
        {say({
          'zh-CN': '通话中按井号键，或请话务员打开字幕，就会得到字幕码。一个码只用于一次通话。',
          en: 'Press the hash key in your call, or ask the agent, to be given the code. It works for one call.',
        })}
      </p>
    </form>
  )
}
