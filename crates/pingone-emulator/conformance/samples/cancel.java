// Takes a pending push back, with OkHttp, as the reference's sample does.
//   PINGONE_TOKEN=… java --class-path okhttp.jar:okio.jar cancel.java AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

class Cancel {
  public static void main(String[] arguments) throws IOException {
    String url = arguments[0] + "/" + arguments[1] + "/deviceAuthentications/" + arguments[2];

    OkHttpClient client = new OkHttpClient().newBuilder().build();
    // What is made of text gets a charset, and goes before the header below.
    MediaType mediaType = MediaType.parse("application/vnd.pingidentity.cancel.push.authentication+json");
    RequestBody body = RequestBody.create(mediaType, "{\n    \"reason\": \"CHANGE_DEVICE\"\n}");
    Request request = new Request.Builder()
        .url(url)
        .method("POST", body)
        .addHeader("Content-Type", "application/vnd.pingidentity.cancel.push.authentication+json")
        .addHeader("Authorization", "Bearer " + System.getenv("PINGONE_TOKEN"))
        .build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException(response.toString());
      }
      System.out.println(response.body().string());
    }
  }
}
