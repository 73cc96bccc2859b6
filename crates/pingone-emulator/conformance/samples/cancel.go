// Takes a pending push back, with net/http.
//
//	PINGONE_TOKEN=… go run cancel.go AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	url := fmt.Sprintf("%s/%s/deviceAuthentications/%s", os.Args[1], os.Args[2], os.Args[3])
	request, err := http.NewRequest("POST", url, strings.NewReader(`{"reason":"CHANGE_DEVICE"}`))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("PINGONE_TOKEN"))
	request.Header.Set("Content-Type", "application/vnd.pingidentity.cancel.push.authentication+json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		log.Fatal(response.Status)
	}
	var authentication struct{ Status string }
	if err := json.NewDecoder(response.Body).Decode(&authentication); err != nil {
		log.Fatal(err)
	}
	fmt.Println(authentication.Status)
}
