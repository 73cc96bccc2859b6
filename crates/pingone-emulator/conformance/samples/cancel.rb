# Takes a pending push back, with net/http.
#   PINGONE_TOKEN=… ruby cancel.rb AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
require "json"
require "net/http"

auth_url, environment_id, device_authentication_id = ARGV

response = Net::HTTP.post(
  URI("#{auth_url}/#{environment_id}/deviceAuthentications/#{device_authentication_id}"),
  '{"reason":"CHANGE_DEVICE"}',
  "Authorization" => "Bearer #{ENV.fetch("PINGONE_TOKEN")}",
  "Content-Type" => "application/vnd.pingidentity.cancel.push.authentication+json"
)
abort "#{response.code} #{response.body}" unless response.is_a?(Net::HTTPSuccess)
puts JSON.parse(response.body)["status"]
