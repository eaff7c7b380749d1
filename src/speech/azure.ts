import type { SpeechConfig } from 'microsoft-cognitiveservices-speech-sdk'
import type { VoiceLanguage } from './synthesizer.ts'

/** The service by region and key; or its container, or a proxy to it, by address (ws, wss, http or https). */
export type AzureAccess =
  | { readonly region: string; readonly key: string }
  | { readonly host: URL; readonly key?: string }

export type Sdk = typeof import('microsoft-cognitiveservices-speech-sdk')

/**
 * The SDK takes its time to load, so that it is loaded where it is needed. From Node 22 on it would take the WebSocket of
 * the platform, which as in a browser does not tell why it was refused: no 401, no 429.
 */
export async function loadSdk(): Promise<Sdk> {
  const { WebsocketMessageAdapter } = await import(
    'microsoft-cognitiveservices-speech-sdk/distrib/lib/src/common.browser/WebsocketMessageAdapter.js'
  )
  WebsocketMessageAdapter.forceNpmWebSocket = true
  return import('microsoft-cognitiveservices-speech-sdk')
}

/**
 * The locale that the service knows a language by: with a region, the likeliest where the tag has none (Unicode TR 35,
 * likely subtags). Cantonese is `yue-CN` there, written as on the mainland.
 */
export function localeOf(language: VoiceLanguage): string {
  if (language === 'yue') return 'yue-CN'
  const { language: primary, region } = new Intl.Locale(language).maximize()
  return region === undefined ? primary : `${primary}-${region}`
}

export function configOf(sdk: Sdk, access: AzureAccess): SpeechConfig {
  if ('region' in access) return sdk.SpeechConfig.fromSubscription(access.key, access.region)
  // The SDK opens a web socket at the address as given.
  const host = new URL(access.host.href.replace(/^http/, 'ws'))
  return sdk.SpeechConfig.fromHost(host, access.key)
}
