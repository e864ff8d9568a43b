# Finds the font files and defines where each is: FONT_DEFINITIONS for the code, FONT_FILES to install. A missing font is named with the package that brings it.
set(FONT_DEFINITIONS "")
set(FONT_FILES "")
function(find_font variable file package)
  find_file(FONT_${variable} ${file}
    PATHS /usr/share/fonts /usr/local/share/fonts
    PATH_SUFFIXES opentype/inter opentype/stix truetype/dejavu inter stix dejavu)
  if(NOT FONT_${variable})
    message(FATAL_ERROR "the font ${file} is missing: install the package ${package}")
  endif()
  list(APPEND FONT_DEFINITIONS FONT_${variable}="${FONT_${variable}}")
  set(FONT_DEFINITIONS ${FONT_DEFINITIONS} PARENT_SCOPE)
  set(FONT_FILES ${FONT_FILES} ${FONT_${variable}} PARENT_SCOPE)
endfunction()

find_font(WORDS Inter-Regular.otf fonts-inter)
find_font(WORDS_ITALIC Inter-Italic.otf fonts-inter)
find_font(WORDS_MEDIUM Inter-Medium.otf fonts-inter)
find_font(WORDS_SEMIBOLD Inter-SemiBold.otf fonts-inter)
find_font(WORDS_BOLD Inter-Bold.otf fonts-inter)
find_font(MATH STIXGeneral-Regular.otf fonts-stix)
find_font(MATH_ITALIC STIXGeneral-Italic.otf fonts-stix)
find_font(SIGNS DejaVuSans.ttf fonts-dejavu-core)
