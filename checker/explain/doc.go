// Package explain says what a text means that a bot's owner pastes: the answer
// of getWebhookInfo or setWebhook, an error text, a line of a server's log. It
// is pure: nothing is dialled, resolved or read.
//
// Which findings can cause a text is made from the rules catalogue: a rule
// belongs to the meaning that its Predicted text has, and a rule whose text has
// no meaning here yet brings its own. What no rule predicts stands beside the
// meaning, in the tables of this package.
//
// # Document
//
// Answer.In makes the JSON document of `hookcheck explain --format json` and of
// POST /api/v1/explain. Its names are stable; a change of meaning needs a new
// schema.
//
//	{
//	 "schema": "hookcheck-explain/1", "lang": "en",
//	 "kind": "webhook_info" | "set_webhook" | "delivery_error" | "server_log" | "tool_output" | "api_answer" | "unknown" | "empty",
//	 "taken_for": "what the text was taken for, in words",
//	 "summary": "one sentence",
//	 "truncated": false,                    // the input was longer than MaxInput
//	 "meanings": [{
//	   "id": "delivery.verify_failed",      // stable
//	   "title", "text",                     // in the language
//	   "matched": "the piece of the input that says so, redacted",
//	   "findings": [{"id": "chain.intermediate_missing", "severity": "blocker", "stage": "chain", "meaning": "…"}],
//	   "remedies": [{"id","title","platform","kind","where","body","apply","undo"}]
//	 }],
//	 "notes":  [the same form],             // what the other fields of getWebhookInfo say, and who spoke in a log
//	 "silent": [the same form],             // "everything is green and the bot is silent"; for webhook_info without a fresh error
//	 "webhook": null | {
//	   "url": "redacted; empty where no webhook is set", "has_custom_certificate": true|false|null,
//	   "pending_update_count": 0|null, "max_connections": 0|null, "ip_address": "", "allowed_updates": []|null,
//	   "last_error": null | {"date": RFC 3339|null, "age_seconds": 0, "message": "", "state": "recent"|"old"|"unclear"},
//	   "last_synchronization_error_date": RFC 3339|null
//	 },
//	 "check": null | {
//	   "target": "https://…",               // what to check now; a bot token in it is <TOKEN>
//	   "redacted": false,                   // a token or credentials were hidden: the target cannot be called as it stands
//	   "upload": "none" | "given" | "unknown",
//	   "ip_address": "", "command": "hookcheck check '…'"
//	 },
//	 "peers": [{"ip": "91.108.6.97", "telegram": true}],   // addresses in log lines
//	 "hint": "what to paste instead, where nothing was recognised"
//	}
//
// The findings are ordered by how often they are the cause in real reports,
// narrowed by what getWebhookInfo tells (an upload, an address as host).
package explain
