function handler(event) {
  var response = event.response;
  var status = response.headers['x-amz-meta-status'];
  if (status) {
    if (response.statusCode === 200) {
      response.statusCode = parseInt(status.value, 10);
      response.statusDescription = 'Not Found';
    }
    delete response.headers['x-amz-meta-status'];
  }
  return response;
}
