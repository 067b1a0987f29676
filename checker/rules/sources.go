package rules

// citeUtils is a file of the library beneath the published client: parsing of
// URLs and addresses.
func citeUtils(file string) Source {
	return Source{Name: "client", URL: "https://github.com/tdlib/td/blob/master/tdutils/td/utils/" + file}
}
