#include <stdio.h>
#include "../alloc.h"
typedef struct In { long first; struct In *rest; } In;
typedef struct Out { In *first; struct Out *rest; } Out;
static In *inner(long i,int n){ if(!n) return 0; In *c=ALLOC(sizeof*c); c->first=i+n; c->rest=inner(i,n-1); return c; }
static Out *outer(long i,int n){ if(!n) return 0; Out *c=ALLOC(sizeof*c); c->first=inner(i+n,4); c->rest=outer(i,n-1); return c; }
static long sum(const Out *o){ long s=0; for(;o;o=o->rest) for(const In *l=o->first;l;l=l->rest) s+=l->first; return s; }
static void drop(Out *o){ while(o){ for(In *l=o->first;l;){ In *n=l->rest; RELEASE(l,sizeof*l); l=n; } Out *n=o->rest; RELEASE(o,sizeof*o); o=n; } }
int main(void){ long total=0; for(long i=0;i<2000000;i++){ Out *o=outer(i,10); total+=sum(o); drop(o); } printf("%ld\n",total); }
