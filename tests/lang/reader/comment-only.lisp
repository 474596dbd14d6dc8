; nothing but comments
   ; and white space
