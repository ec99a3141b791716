#include <stddef.h>

// The page, as it lies in this folder.
const unsigned char *page_html(void);
size_t page_html_size(void);
const unsigned char *page_script(void);
size_t page_script_size(void);
const unsigned char *page_style(void);
size_t page_style_size(void);
