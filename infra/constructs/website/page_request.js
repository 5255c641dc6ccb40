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
  if (name.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
