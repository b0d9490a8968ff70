/** Swagger UI from our own files (no CDN); `swagger-start.js` points it at /openapi.json under a strict content policy. */
export function swaggerPage() {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Sunmao API</title>
        <link rel="stylesheet" href="/swagger/swagger-ui.css" />
        <script src="/swagger/swagger-ui-bundle.js" defer />
        <script src="/swagger-start.js" defer />
      </head>
      <body>
        <div id="swagger" />
        <noscript>
          <p>
            The API description is at <a href="/openapi.json">/openapi.json</a>.
          </p>
        </noscript>
      </body>
    </html>
  )
}
