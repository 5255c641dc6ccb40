var app = new RegExp(APP_PATHS, 'i');
var pages = FRONT_FILES;

function handler(event) {
  var request = event.request;
  var path = request.uri.toLowerCase();
  if (path === '/api' || path.indexOf('/api/') === 0) {
    var id = event.context.requestId;
    return {
      statusCode: 404,
      statusDescription: 'Not Found',
      headers: {
        'content-type': { value: 'application/json' },
        'cache-control': { value: 'no-store' },
        'x-request-id': { value: id }
      },
      body: {
        encoding: 'text',
        data: JSON.stringify({
          error: 'There is nothing here', code: 'not_found', request_id: id
        })
      }
    };
  }
  var name = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (name.indexOf('.') !== -1) return request;
  var page = request.uri === '/' ? '/' : request.uri.replace(/\/$/, '');
  if (Object.prototype.hasOwnProperty.call(pages, page)) request.uri = pages[page];
  else if (app.test(page)) request.uri = '/app.html';
  else request.uri = page.indexOf('/de/') === 0 ? '/de/404.html' : '/404.html';
  return request;
}
