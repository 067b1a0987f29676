// Package version names the release that every report carries.
package version

// Number is the release, by semantic versioning.
const Number = "0.1.0"

// Tool is how a report and saved evidence name the program that made them.
const Tool = "hookcheck " + Number
