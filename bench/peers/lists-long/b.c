#include <stdio.h>
#include "../alloc.h"
typedef struct Cell { long first; struct Cell *rest; } Cell;
static Cell *build(long n){ Cell *l=0; for(;n;n--){ Cell *c=ALLOC(sizeof*c); c->first=n; c->rest=l; l=c; } return l; }
static Cell *add_one(Cell *l){ Cell *head=0,**end=&head; for(;l;l=l->rest){ Cell *c=ALLOC(sizeof*c); c->first=l->first+1; *end=c; end=&c->rest; } *end=0; return head; }
static void drop(Cell *l){ while(l){ Cell *next=l->rest; RELEASE(l,sizeof*l); l=next; } }
static long sum(const Cell *l){ long s=0; for(;l;l=l->rest) s+=l->first; return s; }
int main(void){ long total=0; for(int i=0;i<100;i++){ Cell *a=build(1000000),*b=add_one(a); drop(a); total+=sum(b); drop(b); } printf("%ld\n",total); }
