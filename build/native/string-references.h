/*
 * Node-API 10 lets a reference hold any value; 9, the newest that Electron 33 has, lets it hold objects, functions and
 * symbols only. better-sqlite3 keeps its column names and error codes as references to strings. This header, included
 * before its sources, gives them that on version 9: what a reference cannot hold lies in a small object that it can.
 *
 * Version 9 is asked for, and not the "experimental" one that has the same ability: that one ends the process when a
 * finaliser that runs during garbage collection deletes a reference, which better-sqlite3's do.
 */
#pragma once
#ifdef __cplusplus
#include <node_api.h>
#include <unordered_set>

namespace string_references {

/* References belong to one environment, and an environment to one thread. */
inline std::unordered_set<napi_ref>& boxed() {
	static thread_local std::unordered_set<napi_ref> references;
	return references;
}

inline napi_status create(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
	napi_status status = napi_create_reference(env, value, count, result);
	if (status != napi_invalid_arg) return status;
	napi_value box;
	if ((status = napi_create_object(env, &box)) != napi_ok) return status;
	if ((status = napi_set_element(env, box, 0, value)) != napi_ok) return status;
	if ((status = napi_create_reference(env, box, count, result)) != napi_ok) return status;
	boxed().insert(*result);
	return napi_ok;
}

inline napi_status get(napi_env env, napi_ref reference, napi_value* result) {
	napi_status status = napi_get_reference_value(env, reference, result);
	if (status != napi_ok || *result == nullptr || boxed().count(reference) == 0) return status;
	return napi_get_element(env, *result, 0, result);
}

inline napi_status remove(napi_env env, napi_ref reference) {
	boxed().erase(reference);
	return napi_delete_reference(env, reference);
}

}  // namespace string_references

#define napi_create_reference string_references::create
#define napi_get_reference_value string_references::get
#define napi_delete_reference string_references::remove
#endif
