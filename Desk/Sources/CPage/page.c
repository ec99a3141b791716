#include "page.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char html[] = {
#embed "desk.html"
};
static const unsigned char script[] = {
#embed "desk.js"
};
static const unsigned char style[] = {
#embed "desk.css"
};

const unsigned char *page_html(void) { return html; }
size_t page_html_size(void) { return sizeof html; }
const unsigned char *page_script(void) { return script; }
size_t page_script_size(void) { return sizeof script; }
const unsigned char *page_style(void) { return style; }
size_t page_style_size(void) { return sizeof style; }
