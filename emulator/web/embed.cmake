function(votemu_web name folder)
  add_library(${name} INTERFACE)
endfunction()
