# votemu_web(name folder): the vote page of `folder` as the library `name`, whose header is web/assets.h.
#
# The page is plain browser code, served file by file: folder/page/* as it is written, and the two libraries in
# folder/package.json as their packages ship them for browsers. Nothing is bundled or translated. `npm ci` runs in
# the build folder, and again only when the lockfile has changed or a library's file is missing.
set(VOTEMU_WEB_GENERATE ${CMAKE_CURRENT_LIST_DIR}/generate.cmake)

function(votemu_web name folder)
  find_program(NPM npm REQUIRED)
  get_filename_component(source ${folder} ABSOLUTE)
  set(work ${CMAKE_CURRENT_BINARY_DIR}/${name})
  set(mqtt ${work}/node_modules/mqtt/dist/mqtt.esm.js)
  set(chart ${work}/node_modules/chart.js/dist/chart.umd.min.js)
  file(MAKE_DIRECTORY ${work})

  add_custom_command(
    OUTPUT ${mqtt} ${chart}
    COMMAND ${CMAKE_COMMAND} -E copy ${source}/package.json ${source}/package-lock.json ${work}
    COMMAND ${NPM} ci --loglevel=error --ignore-scripts --no-audit --no-fund --prefer-offline
    COMMAND ${CMAKE_COMMAND} -E touch ${mqtt} ${chart}
    DEPENDS ${source}/package.json ${source}/package-lock.json
    WORKING_DIRECTORY ${work}
    COMMENT "Fetching the vote page's libraries"
    VERBATIM)

  # Each entry is PATH=FILE; the page's own files go under one prefix that no API stage can take.
  set(entries /=${source}/page/index.html /_votemu/web/mqtt.js=${mqtt}
      /_votemu/web/chart.js=${chart})
  set(files ${source}/page/index.html ${mqtt} ${chart})
  file(GLOB page CONFIGURE_DEPENDS ${source}/page/*.js ${source}/page/*.css ${source}/page/*.svg)
  foreach(file ${page})
    get_filename_component(leaf ${file} NAME)
    list(APPEND entries /_votemu/web/${leaf}=${file})
    list(APPEND files ${file})
  endforeach()

  set(generated ${work}/assets_data.cpp)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} "-DENTRIES=${entries}" -DOUTPUT=${generated} -P ${VOTEMU_WEB_GENERATE}
    DEPENDS ${files} ${VOTEMU_WEB_GENERATE}
    COMMENT "Embedding the vote page"
    VERBATIM)
  set_source_files_properties(${generated} PROPERTIES OBJECT_DEPENDS "${files}")
  add_library(${name} STATIC ${source}/assets.cpp ${generated})
endfunction()
