// Signs of the icon font (Font Awesome 4.7, SIL OFL 1.1), as UTF-8.
#pragma once

namespace fitwright::desktop::icon {

inline constexpr const char* search = "\xef\x80\x82";
inline constexpr const char* check = "\xef\x80\x8c";
inline constexpr const char* times = "\xef\x80\x8d";
inline constexpr const char* cog = "\xef\x80\x93";
inline constexpr const char* home = "\xef\x80\x95";
inline constexpr const char* download = "\xef\x80\x99";
inline constexpr const char* refresh = "\xef\x80\xa1";
inline constexpr const char* lock = "\xef\x80\xa3";
inline constexpr const char* camera = "\xef\x80\xb0";
inline constexpr const char* picture = "\xef\x80\xbe";
inline constexpr const char* pencil = "\xef\x81\x80";
inline constexpr const char* adjust = "\xef\x81\x82";
inline constexpr const char* tint = "\xef\x81\x83";
inline constexpr const char* expand = "\xef\x81\xa5";
inline constexpr const char* plus = "\xef\x81\xa7";
inline constexpr const char* minus = "\xef\x81\xa8";
inline constexpr const char* warning = "\xef\x81\xb1";
inline constexpr const char* eye = "\xef\x81\xae";
inline constexpr const char* eye_slash = "\xef\x81\xb0";
inline constexpr const char* folder = "\xef\x81\xbb";
inline constexpr const char* folder_open = "\xef\x81\xbc";
inline constexpr const char* arrows_h = "\xef\x81\xbe";
inline constexpr const char* save = "\xef\x83\x87";
inline constexpr const char* bars = "\xef\x83\x89";
inline constexpr const char* undo = "\xef\x83\xa2";
inline constexpr const char* redo = "\xef\x80\x9e";
inline constexpr const char* unlock = "\xef\x82\x9c";
inline constexpr const char* scissors = "\xef\x83\x84";
inline constexpr const char* copy = "\xef\x83\x85";
inline constexpr const char* cubes = "\xef\x86\xb3";
inline constexpr const char* cube = "\xef\x86\xb2";
inline constexpr const char* columns = "\xef\x83\x9b";
inline constexpr const char* external = "\xef\x82\x8e";
inline constexpr const char* bulb = "\xef\x83\xab";
inline constexpr const char* moon = "\xef\x86\x86";
inline constexpr const char* file = "\xef\x85\x9b";
inline constexpr const char* trash = "\xef\x87\xb8";
inline constexpr const char* info = "\xef\x81\x9a";
inline constexpr const char* wrench = "\xef\x82\xad";
inline constexpr const char* terminal = "\xef\x84\xa0";
inline constexpr const char* caret_down = "\xef\x83\x97";
inline constexpr const char* caret_right = "\xef\x83\x9a";
inline constexpr const char* expand_all = "\xef\x82\xb2";  // four arrows
inline constexpr const char* laid_out = "\xef\x80\x8a";    // a grid: parts side by side
inline constexpr const char* dimensions = "\xef\x80\xb5";  // a width with its letter

}  // namespace fitwright::desktop::icon
