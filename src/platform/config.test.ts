import { describe, expect, it } from 'vitest'
import { ConfigWrong, configFrom, gatewaysFrom, limitsFrom } from './config.ts'
import { defaultLimits } from './limits/limits.ts'

describe('the configuration', () => {
  it('trusts no proxy, names no host and keeps the limits unless it is told otherwise', () => {
    expect(configFrom({})).toMatchObject({ proxies: 0, internalHosts: [], limits: defaultLimits })
    expect(
      configFrom({ SUNMAO_PROXIES: '2', SUNMAO_INTERNAL_HOSTS: 'embedder.lan, 10.0.0.5:8080', SUNMAO_LIMITS: 'read-key=5/1' }),
    ).toMatchObject({
      proxies: 2,
      internalHosts: ['embedder.lan', '10.0.0.5:8080'],
      limits: { 'read-key': { quota: 5, seconds: 1 }, 'read-account': defaultLimits['read-account'] },
    })
    expect(limitsFrom({ SUNMAO_LIMITS: 'off' })['read-key']).toBeNull()
  })

  it.each([
    [{ SUNMAO_LIMITS: 'everything=1/1' }, /SUNMAO_LIMITS.*everything=1\/1 must be name=quota\/seconds/],
    [{ SUNMAO_PROXIES: '-1' }, /SUNMAO_PROXIES/],
    [{ SUNMAO_MESSAGE_URL: 'http://gateway.example/send' }, /SUNMAO_MESSAGE_URL: gateway.example: only https.*SUNMAO_INTERNAL_HOSTS/],
    [{ SUNMAO_MAIL_URL: 'http://mail.example/send' }, /SUNMAO_MAIL_URL: mail.example: only https/],
    [
      { SUNMAO_OIDC_ISSUER: 'http://id.lizhou.example', SUNMAO_OIDC_CLIENT_ID: 'sunmao' },
      /SUNMAO_OIDC_ISSUER: id.lizhou.example: only https/,
    ],
    [{ SUNMAO_MESSAGE_URL: 'https://169.254.169.254/', SUNMAO_INTERNAL_HOSTS: '169.254.169.254' }, /gives out secrets/],
    [
      {
        SUNMAO_EMBEDDING: 'http',
        SUNMAO_EMBEDDING_URL: 'http://localhost:11434/v1/embeddings',
        SUNMAO_EMBEDDING_NAME: 'bge-m3',
        SUNMAO_EMBEDDING_DIMENSIONS: '1024',
      },
      /SUNMAO_EMBEDDING_URL: localhost:11434: only https/,
    ],
  ])('says what is wrong with %j', (environment, message) => {
    expect(() => configFrom(environment)).toThrow(ConfigWrong)
    expect(() => configFrom(environment)).toThrow(message)
  })

  it('asks hosts of its own network by http once they are named', () => {
    const environment = { SUNMAO_MESSAGE_URL: 'http://gateway.lan:8080/send', SUNMAO_INTERNAL_HOSTS: 'gateway.lan' }
    expect(gatewaysFrom(environment)).toMatchObject({ short: { url: 'http://gateway.lan:8080/send' }, mail: null })
  })
})
