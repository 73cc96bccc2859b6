// Makes calls with Go's net/http: `client sample|typed <url> <token>`, then on each line how many.
//
// `sample` is the documentation's own code, which decodes nothing; `typed` decodes into structs.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type ability struct {
	Status string `json:"status"`
	Reason string `json:"reason"`
}

type reference struct {
	ID string `json:"id"`
}

type device struct {
	ID           string  `json:"id"`
	Type         string  `json:"type"`
	Status       string  `json:"status"`
	UsableStatus ability `json:"usableStatus"`
	Nickname     string  `json:"nickname"`
	Email        string  `json:"email"`
	OS           struct {
		Version string `json:"version"`
		Type    string `json:"type"`
	} `json:"os"`
	APIVersion string `json:"apiVersion"`
	Locale     string `json:"locale"`
	Model      struct {
		Name          string `json:"name"`
		MarketingName string `json:"marketingName"`
	} `json:"model"`
	Application struct {
		ID          string `json:"id"`
		NativeName  string `json:"nativeName"`
		Version     string `json:"version"`
		Name        string `json:"name"`
		PushSandbox bool   `json:"pushSandbox"`
		Refresh     struct {
			Duration int    `json:"duration"`
			TimeUnit string `json:"timeUnit"`
		} `json:"passcodeRefreshDuration"`
	} `json:"application"`
	PushEnabled          bool    `json:"pushEnabled"`
	Manufacturer         string  `json:"manufacturer"`
	SDKVersion           string  `json:"sdkVersion"`
	Rooted               bool    `json:"rooted"`
	LockEnabled          bool    `json:"lockEnabled"`
	NotificationProvider string  `json:"notificationProvider"`
	Notification         string  `json:"notification"`
	Background           string  `json:"background"`
	PushStatus           ability `json:"pushStatus"`
	OTPEnabled           bool    `json:"otpEnabled"`
	OTPStatus            ability `json:"otpStatus"`
	PushFails            []int64 `json:"pushFails"`
	CredentialID         string  `json:"credentialId"`
	DisplayName          string  `json:"displayName"`
}

type reply struct {
	ID                string    `json:"id"`
	Status            string    `json:"status"`
	Environment       reference `json:"environment"`
	Policy            reference `json:"policy"`
	SelectedDevice    reference `json:"selectedDevice"`
	User              reference `json:"user"`
	BypassAllowed     bool      `json:"bypassAllowed"`
	UserBypassEnabled bool      `json:"userBypassEnabled"`
	CreatedAt         string    `json:"createdAt"`
	UpdatedAt         string    `json:"updatedAt"`
	Embedded          struct {
		Devices        []device `json:"devices"`
		BlockedDevices []device `json:"blockedDevices"`
	} `json:"_embedded"`
	Links map[string]struct {
		Href string `json:"href"`
	} `json:"_links"`
}

func call(client *http.Client, url, token string, typed bool) error {
	request, err := http.NewRequest("POST", url, strings.NewReader(`{"reason":"CHANGE_DEVICE"}`))
	if err != nil {
		return err
	}
	request.Header.Add("Content-Type", "application/vnd.pingidentity.cancel.push.authentication+json")
	request.Header.Add("Authorization", "Bearer "+token)
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || !typed {
		return err
	}
	return json.Unmarshal(body, new(reply))
}

// In the process and in the system for it.
func cpu() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func main() {
	typed, url, token := os.Args[1] == "typed", os.Args[2], os.Args[3]
	client := &http.Client{Transport: &http.Transport{}}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		runs, err := strconv.Atoi(lines.Text())
		began, used := time.Now(), cpu()
		for ; err == nil && runs > 0; runs-- {
			err = call(client, url, token, typed)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(cpu()-used, time.Since(began).Nanoseconds())
	}
}
