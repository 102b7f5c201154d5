# Copies of sources with one line made wrong, each for a program sim_MUTANT that has to fail.
# The text to be replaced has to be in the source exactly once.
function(votemu_mutant mutant source text replacement)
  set(original ${CMAKE_SOURCE_DIR}/emulator/${source})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${original})
  file(READ ${original} code)
  string(REPLACE "${text}" "" without "${code}")
  string(LENGTH "${code}" length)
  string(LENGTH "${without}" length_without)
  string(LENGTH "${text}" length_of_text)
  math(EXPR times "(${length} - ${length_without}) / ${length_of_text}")
  if(NOT times EQUAL 1)
    message(FATAL_ERROR "The mutant ${mutant} replaces what is ${times} times in ${source}: ${text}")
  endif()
  string(REPLACE "${text}" "${replacement}" changed "${code}")
  set(copy ${CMAKE_CURRENT_BINARY_DIR}/${mutant}.cpp)
  file(CONFIGURE OUTPUT ${copy} CONTENT "${changed}" @ONLY NEWLINE_STYLE UNIX)

  # The copy comes before the library, whose own object is not taken then.
  add_executable(sim_${mutant} ${copy} $<TARGET_OBJECTS:sim_objects>)
  target_precompile_headers(sim_${mutant} REUSE_FROM pch)
  target_link_libraries(sim_${mutant} PRIVATE app)
  add_test(NAME sim_catches_${mutant}
           COMMAND sh -c "\"$1\" --seed 1 --histories 150 > \"$2\"; grep -m 1 '^FAILED' \"$2\"" -
                   $<TARGET_FILE:sim_${mutant}> ${CMAKE_CURRENT_BINARY_DIR}/${mutant}.txt)
  set_tests_properties(sim_catches_${mutant} PROPERTIES TIMEOUT 600)
endfunction()

# Every 20th commit is only said to be done.
votemu_mutant(skip_commit core/store.cpp
  "const auto status = database_->db->Write(database_->write_options, &batch);"
  "const auto status = commit_count_ % 20 == 19
                          ? rocksdb::Status::OK()
                          : database_->db->Write(database_->write_options, &batch);")

# Answers and messages leave before what they tell is committed.
votemu_mutant(early_outputs core/turn.cpp
  "  store_.commit();
  std::vector<std::function<void()>> outputs;
  outputs.swap(held_);
  for (const auto& output : outputs) output();
"
  "  std::vector<std::function<void()>> outputs;
  outputs.swap(held_);
  for (const auto& output : outputs) output();
  store_.commit();
")

# How far a stream was read is known to the process alone.
votemu_mutant(forget_checkpoint pipeline/stream_trigger.cpp
  "  runtime_.store.put(checkpoint_key_, checkpoint_);"
  "  static_cast<void>(checkpoint_key_);")

# Every 20th message that was processed stays in the queue.
votemu_mutant(forget_delete services/sqs/queue.cpp
  "void Queue::drop(std::uint64_t sequence) {
  runtime_.store.erase(key(sequence));"
  "void Queue::drop(std::uint64_t sequence) {
  if (sequence % 20 != 0) runtime_.store.erase(key(sequence));")

# Received messages come again in half of the time.
votemu_mutant(halve_visibility services/sqs/queue.cpp
  "state.visible_at_ms = now + visibility_timeout_s * 1'000;"
  "state.visible_at_ms = now + visibility_timeout_s * 500;")

# Power loss is not reckoned with.
votemu_mutant(skip_sync core/store_database.cpp
  "write_options.sync = options.durability == Durability::disk;"
  "write_options.sync = false;")

# Votes are counted in one commit, and deleted in the next.
votemu_mutant(split_commit pipeline/sqs_trigger.cpp
  "  if (failure.empty()) failure = delete_processed(*batch, result.payload);"
  "  runtime_.store.commit();
  if (failure.empty()) failure = delete_processed(*batch, result.payload);")

# What waits for a session is known to the process alone, one message in four.
votemu_mutant(forget_session_message services/iot/stored_sessions.cpp
  "  store_.put(messages_prefix(client_id).number(message.sequence),"
  "  if (message.sequence % 4 != 0) store_.put(messages_prefix(client_id).number(message.sequence),")

# Events that wait are kept, and forgotten by the next process.
votemu_mutant(forget_event services/lambda/async_queue.cpp
  "    take_up(key.number(), std::move(scope), core::parse_own_json(row.value()));"
  "    static_cast<void>(key.number());")
